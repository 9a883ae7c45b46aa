package io.ebb.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house point inward. */
@AnalyzeClasses(
        packages = "io.ebb.orchestrator",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HOME = "io.ebb.orchestrator.";

    @ArchTest
    static final ArchRule theHeartIsPure =
            classes()
                    .that()
                    .resideInAPackage(HOME + "drain..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", HOME + "drain..");

    @ArchTest
    static final ArchRule nobodyImportsAnImplementation =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(HOME + "azure..", HOME + "ledger.jdbc..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(HOME + "azure..", HOME + "ledger.jdbc..");

    @ArchTest
    static final ArchRule onlyTheAzureEdgeKnowsTheSdk =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOME + "azure..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.azure..");

    @ArchTest
    static final ArchRule reactorStaysAtTheEdges =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(HOME + "azure..", HOME + "api..", HOME + "identity..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("reactor..");

    @ArchTest
    static final ArchRule theCommandLineKnowsTheHttpApiOnly =
            noClasses()
                    .that()
                    .resideInAPackage(HOME + "cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            HOME + "api..",
                            HOME + "control..",
                            HOME + "drain..",
                            HOME + "fleet..",
                            HOME + "identity..",
                            HOME + "ledger..",
                            HOME + "pool..",
                            "io.ebb.protocol..");

    @ArchTest
    static final ArchRule thePortsKnowTheHeartOnly =
            noClasses()
                    .that()
                    .resideInAnyPackage(HOME + "pool..", HOME + "ledger")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(HOME + "fleet..", HOME + "control..", HOME + "api..");

    @ArchTest
    static final ArchRule theFleetDoesNotKnowWhoDecides =
            noClasses()
                    .that()
                    .resideInAPackage(HOME + "fleet..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(HOME + "control..", HOME + "api..");

    @ArchTest
    static final ArchRule theLoopDoesNotKnowWhoAsks =
            noClasses()
                    .that()
                    .resideInAPackage(HOME + "control..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(HOME + "api..", HOME + "cli..", HOME + "check..");

    @ArchTest
    static final ArchRule noCircles = slices().matching(HOME + "(*)..").should().beFreeOfCycles();
}
