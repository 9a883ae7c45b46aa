package io.ebb.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** What may use what. */
@AnalyzeClasses(packages = "io.ebb.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule staysSmall =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.net.http..",
                            "com.sun.net.httpserver..",
                            "com.fasterxml.jackson.databind..",
                            "java.util.logging..",
                            "org.slf4j..")
                    .because("each costs memory on every VM");

    @ArchTest
    static final ArchRule aFeatureDoesNotKnowWhereItsSettingsComeFrom =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..http..",
                            "..metadata..",
                            "..connections..",
                            "..health..",
                            "..probe..",
                            "..hook..",
                            "..order..",
                            "..report..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..settings..");

    @ArchTest
    static final ArchRule noCycles =
            SlicesRuleDefinition.slices().matching("io.ebb.agent.(*)..").should().beFreeOfCycles();
}
