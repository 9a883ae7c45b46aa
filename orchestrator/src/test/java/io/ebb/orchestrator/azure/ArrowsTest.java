package io.ebb.orchestrator.azure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.ebb.orchestrator",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    @ArchTest
    static final ArchRule azureIsKnownHereOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..azure..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.azure..", "io.ebb.orchestrator.azure..");

    @ArchTest
    static final ArchRule theDriverKnowsThePortsAndTheHeartOnly =
            noClasses()
                    .that()
                    .resideInAPackage("io.ebb.orchestrator.azure..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.ebb.orchestrator.control..",
                            "io.ebb.orchestrator.fleet..",
                            "io.ebb.orchestrator.ledger..",
                            "io.ebb.orchestrator.identity..",
                            "io.ebb.orchestrator.api..");
}
