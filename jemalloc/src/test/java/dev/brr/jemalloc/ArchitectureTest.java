package dev.brr.jemalloc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.brr.jemalloc", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CONF_IS_PURE = classes()
            .that()
            .resideInAPackage("dev.brr.jemalloc.conf")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.brr.jemalloc.conf",
                    "java.lang..",
                    "java.util..",
                    "java.math..",
                    "java.security..",
                    "java.nio.charset..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule CONF_ASKS_NOBODY = noClasses()
            .that()
            .resideInAPackage("dev.brr.jemalloc.conf")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule ONLY_THE_BINDING_KNOWS_JNA = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.jemalloc")
            .should()
            .dependOnClassesThat(resideInAPackage("com.sun.jna.."));

    @ArchTest
    static final ArchRule ONLY_THE_BINDERS_KNOW_MICROMETER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.brr.jemalloc.micrometer")
            .should()
            .dependOnClassesThat(resideInAPackage("io.micrometer.."));

    @ArchTest
    static final ArchRule READING_THE_KERNEL_NEEDS_THE_JDK_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.brr.jemalloc.process")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.brr.jemalloc"))
            .orShould()
            .dependOnClassesThat(resideInAPackage("dev.brr.jemalloc.conf"));

    @ArchTest
    static final ArchRule ARROWS_GO_ONE_WAY =
            slices().matching("dev.brr.(jemalloc.*)").should().beFreeOfCycles();
}
