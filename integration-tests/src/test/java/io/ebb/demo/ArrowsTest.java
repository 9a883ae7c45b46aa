package io.ebb.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.OperatorApi;
import io.ebb.demo.fleet.Orchestrator;

@AnalyzeClasses(packages = "io.ebb.demo", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArrowsTest {
    @ArchTest
    static final ArchRule theLoadKnowsNothingOfWhatItMeasures =
            noClasses()
                    .that()
                    .resideInAPackage("..load..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.ebb.demo", "..fleet..", "..report..");

    @ArchTest
    static final ArchRule theVerdictDoesNotHearEbb =
            noClasses()
                    .that()
                    .resideInAPackage("..report..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Orchestrator.class, OperatorApi.class, Fleet.class);

    @ArchTest
    static final ArchRule theDemoStartsEbbAsOthersDoAndUsesNoneOfItsClasses =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.ebb.agent..",
                            "io.ebb.orchestrator..",
                            "io.ebb.protocol..",
                            "io.ebb.simulator..");
}
