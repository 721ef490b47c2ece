package dev.brr.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;

/** The arrows between the packages. */
@AnalyzeClasses(packages = "dev.brr.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheServerPackageKnowsHelidon = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.runtime.server")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon..");

    @ArchTest
    static final ArchRule theDocumentPackageRunsByItself = noClasses()
            .that()
            .resideInAPackage("dev.brr.runtime.document")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.helidon..",
                    "io.micrometer..",
                    "dev.brr.jemalloc..",
                    "dev.brr.runtime",
                    "dev.brr.runtime.contract..",
                    "dev.brr.runtime.dispatch..",
                    "dev.brr.runtime.handler..",
                    "dev.brr.runtime.metrics..",
                    "dev.brr.runtime.routing..",
                    "dev.brr.runtime.server..");

    @ArchTest
    static final ArchRule onlyTheSecurityPackageKnowsTheJwtLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.runtime.security")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule originsAndRatesAreDecidedByJavaAlone = classes()
            .that()
            .resideInAnyPackage("dev.brr.runtime.cors", "dev.brr.runtime.ratelimit")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.brr.runtime.cors", "dev.brr.runtime.ratelimit");

    @ArchTest
    static final ArchRule handlersAreWrittenAgainstJavaAlone = classes()
            .that()
            .resideInAPackage("dev.brr.runtime.handler")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.brr.runtime.handler");

    @ArchTest
    static final ArchRule noSignatureOfAHandlerHasATypeOfAFramework = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.brr.runtime.handler")
            .should(ArchConditions.haveRawReturnType(DescribedPredicate.not(
                    JavaClass.Predicates.resideInAnyPackage("tools.jackson..", "io.helidon.."))));

    @ArchTest
    static final ArchRule theContractKnowsNoServerAndNoMetrics = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.brr.runtime.contract",
                    "dev.brr.runtime.routing",
                    "dev.brr.runtime.security",
                    "dev.brr.runtime.problem",
                    "dev.brr.runtime.example")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "dev.brr.runtime.dispatch..", "dev.brr.runtime.server..");

    @ArchTest
    static final ArchRule noPackageDependsOnItselfAroundAnother =
            slices().matching("dev.brr.runtime.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRuntimeKnowsNothingOfKubernetes = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "dev.brr.operator..", "dev.brr.crds..");
}
