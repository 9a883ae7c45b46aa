package io.ebb.simulator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.ebb.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    /** Otherwise a misread format would pass every test. */
    @ArchTest
    static final ArchRule theSimulatorKnowsNothingOfEbb =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.ebb..")
                                    .and(resideOutsideOfPackage("io.ebb.simulator..")));

    @ArchTest
    static final ArchRule aScenarioKnowsNothingOfWhatPlaysIt =
            noClasses()
                    .that()
                    .resideInAPackage("..scenario..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.ebb.simulator..")
                                    .and(resideOutsideOfPackage("..scenario..")));

    /** It starts with the JDK alone, which keeps its process small. */
    @ArchTest
    static final ArchRule aGuestNeedsOnlyTheJdk =
            noClasses()
                    .that()
                    .resideInAPackage("..guest..")
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages("java..", "com.sun..", "org.jspecify..", "..guest..");

    @ArchTest
    static final ArchRule maintenanceKnowsNothingOfHowItIsAskedFor =
            noClasses()
                    .that()
                    .resideInAnyPackage("..maintenance..", "..machine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..metadata..", "..arm..", "..balancer..", "..cli..");
}
