package dev.brr.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.brr.operator.kubernetes.EventRecorder;
import dev.brr.operator.openapi.DocumentChecker;
import dev.brr.operator.openapi.DocumentProblem;
import dev.brr.operator.openapi.DocumentVerdict;
import dev.brr.operator.openapi.DocumentWatches;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Predicate;

/** The arrows between the rooms of the operator, and what may enter each. */
@AnalyzeClasses(packages = "dev.brr.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String OPERATOR = "dev.brr.operator..";

    @ArchTest
    static final ArchRule roomsFormNoCircle =
            slices().matching("dev.brr.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule configKnowsNoOtherRoom = noRoomsBut("config");

    @ArchTest
    static final ArchRule kubernetesKnowsNoOtherRoom = noRoomsBut("kubernetes");

    @ArchTest
    static final ArchRule observabilityKnowsNoOtherRoom = noRoomsBut("observability");

    @ArchTest
    static final ArchRule openapiKnowsOnlyKubernetes = noRoomsBut("openapi", "kubernetes");

    @ArchTest
    static final ArchRule tuningKnowsOnlyKubernetes = noRoomsBut("tuning", "kubernetes");

    @ArchTest
    static final ArchRule dashboardKnowsOnlyTuningAndKubernetes = noRoomsBut("dashboard", "tuning", "kubernetes");

    @ArchTest
    static final ArchRule buildKnowsOnlyConfigAndWhatItHasToCheck = noRoomsBut("build", "config", "openapi");

    @ArchTest
    static final ArchRule buildKnowsOfDocumentsOnlyHowTheyAreCheckedAndWhatIsWrong = classes()
            .that()
            .resideInAPackage("dev.brr.operator.build..")
            .should()
            .onlyDependOnClassesThat(not(resideInAPackage("dev.brr.operator.openapi.."))
                    .or(oneOf(DocumentChecker.class, DocumentProblem.class, DocumentVerdict.class)));

    @ArchTest
    static final ArchRule buildKnowsNothingOfKubernetes = noClasses()
            .that()
            .resideInAPackage("dev.brr.operator.build..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "dev.brr.api..");

    @ArchTest
    static final ArchRule nobodyKnowsTheReconcilerButTheWiring = noClasses()
            .that()
            .resideOutsideOfPackages("dev.brr.operator", "dev.brr.operator.brrservice..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.brr.operator.brrservice..");

    @ArchTest
    static final ArchRule nobodyKnowsTheWiring = noClasses()
            .that()
            .resideInAPackage("dev.brr.operator.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.brr.operator");

    @ArchTest
    static final ArchRule theWiringIsOneClass = classes()
            .that()
            .resideInAPackage("dev.brr.operator")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .be(OperatorMain.class);

    @ArchTest
    static final ArchRule onlyWatchesEventsReconcilerAndWiringCallTheApiServer = classes()
            .that(dependOn(KubernetesClient.class))
            .and()
            .doNotBelongToAnyOf(DocumentWatches.class, EventRecorder.class)
            .should()
            .resideInAnyPackage("dev.brr.operator", "dev.brr.operator.brrservice..");

    @ArchTest
    static final ArchRule onlyTheReconcilerAndTheWiringKnowTheFramework = noClasses()
            .that()
            .resideOutsideOfPackages("dev.brr.operator", "dev.brr.operator.brrservice..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule onlyTuningCallsPods = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.operator.tuning..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule onlyObservabilityServes = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.operator.observability..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule onlyBuildKnowsJib = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.operator.build..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.cloud.tools..");

    @ArchTest
    static final ArchRule onlyTheCheckerAndTheTrainingStartProcesses = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.operator.openapi..")
            .and()
            .doNotHaveSimpleName("AotTraining")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Process.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class);

    @ArchTest
    static final ArchRule ofJemallocOnlyThePureGrammarIsUsed = noClasses()
            .that()
            .resideInAPackage(OPERATOR)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.brr.jemalloc..").and(not(resideInAPackage("dev.brr.jemalloc.conf.."))));

    @ArchTest
    static final ArchRule theRuntimeIsFilesAndNotCode = noClasses()
            .that()
            .resideInAPackage(OPERATOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.brr.runtime..", "dev.brr.petstore..");

    @ArchTest
    static final ArchRule jackson3StaysInTheRuntime = noClasses()
            .that()
            .resideInAPackage(OPERATOR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule namesSayWhatAThingKnows = noClasses()
            .that()
            .resideInAPackage(OPERATOR)
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    @ArchTest
    static final ArchRule timeComesFromAClockThatTestsCanSet = noClasses()
            .that()
            .resideInAPackage(OPERATOR)
            .should()
            .callMethod("java.time.Instant", "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule nothingWritesToTheTerminalButTheWiring = noClasses()
            .that()
            .resideInAPackage("dev.brr.operator.*..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule onlyTheWiringReadsTheEnvironment = noClasses()
            .that()
            .resideInAPackage("dev.brr.operator.*..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    /** Says that a room depends on no other room than those named. */
    private static ArchRule noRoomsBut(String room, String... others) {
        var own = "dev.brr.operator." + room + "..";
        DescribedPredicate<JavaClass> allowed = resideInAPackage(own);
        for (var other : others) {
            allowed = allowed.or(resideInAPackage("dev.brr.operator." + other + ".."));
        }
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.brr.operator", "dev.brr.operator.*..")
                        .and(not(allowed)));
    }

    private static DescribedPredicate<JavaClass> oneOf(Class<?>... types) {
        Predicate<JavaClass> isOne = candidate -> {
            for (var type : types) {
                if (candidate.isEquivalentTo(type)) {
                    return true;
                }
            }
            return false;
        };
        return DescribedPredicate.describe("one of the named types", isOne);
    }

    private static DescribedPredicate<JavaClass> dependOn(Class<?> type) {
        Predicate<JavaClass> depends = candidate -> candidate.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().isEquivalentTo(type));
        return DescribedPredicate.describe("depend on " + type.getSimpleName(), depends);
    }
}
