package io.ebb.orchestrator.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the arrows point around the ledger. */
@AnalyzeClasses(packages = "io.ebb.orchestrator", importOptions = DoNotIncludeTests.class)
class LedgerArchitectureTest {
    @ArchTest
    static final ArchRule thePortKnowsOnlyTheHeart =
            classes()
                    .that()
                    .resideInAPackage("io.ebb.orchestrator.ledger")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.ebb.orchestrator.ledger",
                            "io.ebb.orchestrator.drain",
                            "java..",
                            "org.jspecify..");

    @ArchTest
    static final ArchRule nobodyKnowsWhichStoreItIs =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.ebb.orchestrator.ledger.jdbc")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.ebb.orchestrator.ledger.jdbc");

    @ArchTest
    static final ArchRule sqlIsWrittenInTwoPlaces =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.ebb.orchestrator.ledger.jdbc", "io.ebb.orchestrator.identity")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.jdbi..");
}
