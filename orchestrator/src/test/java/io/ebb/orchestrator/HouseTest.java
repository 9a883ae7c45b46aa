package io.ebb.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages point inward. */
@AnalyzeClasses(
        packages = "io.ebb.orchestrator",
        importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    private static final String HOUSE = "io.ebb.orchestrator.";

    @ArchTest
    static final ArchRule theHeartKnowsNothingButJava =
            classes()
                    .that()
                    .resideInAPackage(HOUSE + "drain..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(HOUSE + "drain..", "java..", "org.jspecify..");

    @ArchTest static final ArchRule nobodyImportsTheCloudsDriver = onlyWiredByInjection("azure..");

    @ArchTest
    static final ArchRule nobodyImportsTheStoresDriver = onlyWiredByInjection("ledger.jdbc..");

    @ArchTest
    static final ArchRule theCommandLineImportsNothingOfEbb =
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + "cli..")
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "are Ebb's, but not the command line's",
                                    type ->
                                            type.getPackageName().startsWith("io.ebb.")
                                                    && !type.getPackageName()
                                                            .equals(HOUSE + "cli")));

    @ArchTest
    static final ArchRule controlDoesNotKnowWhoAsks =
            neverImports("control..", "api..", "check..", "cli..", "identity..");

    @ArchTest
    static final ArchRule thePolicyDoesNotKnowWhoFollowsIt =
            neverImports("policy..", "control..", "fleet..", "pool..", "api..", "check..", "cli..");

    @ArchTest
    static final ArchRule theFleetDoesNotKnowWhoPlans =
            neverImports("fleet..", "control..", "api..", "check..", "cli..");

    @ArchTest
    static final ArchRule thePortsKnowOnlyTheHeart =
            neverImports(
                    "pool..",
                    "control..",
                    "fleet..",
                    "ledger..",
                    "policy..",
                    "api..",
                    "check..",
                    "cli..");

    @ArchTest
    static final ArchRule theLedgerKnowsOnlyTheHeart =
            neverImports(
                    "ledger..",
                    "control..",
                    "fleet..",
                    "pool..",
                    "policy..",
                    "api..",
                    "check..",
                    "cli..");

    @ArchTest
    static final ArchRule identityKnowsNobody =
            neverImports(
                    "identity..",
                    "control..",
                    "fleet..",
                    "pool..",
                    "drain..",
                    "api..",
                    "check..",
                    "cli..");

    @ArchTest static final ArchRule azuresTypesStayInOnePlace = onlyIn("com.azure..", "azure..");

    @ArchTest
    static final ArchRule reactorStaysAtTheEdges = onlyIn("reactor..", "azure..", "api..");

    private static ArchRule onlyWiredByInjection(String part) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + part)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOUSE + part)
                .allowEmptyShould(true);
    }

    private static ArchRule neverImports(String part, String... others) {
        var banned = new String[others.length];
        for (var i = 0; i < others.length; i++) {
            banned[i] = HOUSE + others[i];
        }
        return noClasses()
                .that()
                .resideInAPackage(HOUSE + part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(banned)
                .allowEmptyShould(true);
    }

    private static ArchRule onlyIn(String library, String... parts) {
        var places = new String[parts.length];
        for (var i = 0; i < parts.length; i++) {
            places[i] = HOUSE + parts[i];
        }
        return noClasses()
                .that()
                .resideOutsideOfPackages(places)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
