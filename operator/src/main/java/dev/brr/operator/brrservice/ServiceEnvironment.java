package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.KeyRef;
import dev.brr.api.v1alpha1.MemorySpec;
import dev.brr.api.v1alpha1.ObservabilitySpec;
import dev.brr.api.v1alpha1.ResourceAmounts;
import dev.brr.api.v1alpha1.Resources;
import dev.brr.api.v1alpha1.SecurityScheme;
import dev.brr.api.v1alpha1.SecuritySpec;
import dev.brr.jemalloc.conf.GlibcFallback;
import dev.brr.operator.build.JibImageBuilder;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Derives the environment of a service's container, whose settings docs/reference/runtime-settings.md lists. */
final class ServiceEnvironment {

    static final String LD_PRELOAD = "LD_PRELOAD";
    static final String MALLOC_CONF = "MALLOC_CONF";

    private static final String CREDENTIAL = "BRR_CREDENTIAL__";
    private static final String JWT = "BRR_JWT_";
    private static final String TRACING_HEADERS = "BRR_TRACING_HEADERS";
    private static final long LEAST_HEAP = 8;

    private ServiceEnvironment() {}

    /** Returns the variables in the order in which they are applied: those of the allocator, the pod, the spec, the schemes. */
    static List<EnvVar> of(BrrService service, Target target) {
        var environment = new ArrayList<EnvVar>();
        environment.add(variable(LD_PRELOAD, JibImageBuilder.JEMALLOC));
        environment.add(variable(MALLOC_CONF, target.mallocConf()));
        environment.add(variable(GlibcFallback.VARIABLE, GlibcFallback.VALUE));
        environment.add(variable("BRR_MANAGEMENT_PORT", Integer.toString(Names.MANAGEMENT)));
        environment.add(variable("BRR_SHUTDOWN_DELAY_SECONDS", Long.toString(ServicePods.DELAY)));
        environment.add(variable("BRR_DRAIN_SECONDS", Long.toString(ServicePods.DRAIN)));
        environment.add(variable("BRR_DEBUG_TOKEN_FILE", ServicePods.DEBUG_FOLDER + "/token"));
        environment.add(variable("BRR_BLACKBOX_DIRECTORY", ServicePods.EVIDENCE_FOLDER));
        var spec = Optional.ofNullable(service.getSpec());
        javaHeap(spec).ifPresent(environment::add);
        tracing(service, spec).forEach(environment::add);
        spec.stream().flatMap(HttpEnvironment::of).forEach(environment::add);
        environment.addAll(target.schemes());
        return environment;
    }

    /** Returns the variables that feed security schemes. */
    static List<EnvVar> schemes(@Nullable SecuritySpec security) {
        return Optional.ofNullable(security).map(SecuritySpec::schemes).orElse(List.of()).stream()
                .flatMap(scheme -> Stream.concat(credential(scheme), tokens(scheme)))
                .toList();
    }

    /** Says whether a variable feeds a security scheme. */
    static boolean isOfAScheme(EnvVar variable) {
        return variable.getName().startsWith(CREDENTIAL) || variable.getName().startsWith(JWT);
    }

    /**
     * Bounds the Java heap by its size: flags of the image's own follow on the command line, and of its shares none holds
     * where a size is given. Unlike JAVA_TOOL_OPTIONS, which a base image may have set for an agent, this variable is
     * read after that one, and by {@code java} alone.
     */
    private static Optional<EnvVar> javaHeap(Optional<BrrServiceSpec> spec) {
        var limit = spec.map(BrrServiceSpec::resources).map(Resources::limits).map(ResourceAmounts::memory);
        return spec.map(BrrServiceSpec::memory)
                .map(MemorySpec::javaHeapPercent)
                .flatMap(percent -> limit.map(memory -> heapMebibytes(memory, percent)))
                .map(mebibytes -> variable("JDK_JAVA_OPTIONS", "-Xmx" + mebibytes + "m"));
    }

    /** Returns the share of a limit in whole mebibytes, at least as many as a JVM starts with. */
    static long heapMebibytes(Quantity limit, int percent) {
        return limit.getNumericalAmount()
                .multiply(BigDecimal.valueOf(percent))
                .divide(BigDecimal.valueOf(100L << 20), RoundingMode.DOWN)
                .max(BigDecimal.valueOf(LEAST_HEAP))
                .longValue();
    }

    /** The document's title, which the service would take, is the same in every stage and team: a name is not. */
    private static Stream<EnvVar> tracing(BrrService service, Optional<BrrServiceSpec> spec) {
        return spec.map(BrrServiceSpec::observability).map(ObservabilitySpec::tracing).stream()
                .flatMap(tracing -> Stream.of(
                                Stream.of(variable("BRR_TRACING_ENDPOINT", tracing.endpoint())),
                                Stream.of(variable(
                                        "BRR_TRACING_SERVICE_NAME",
                                        Optional.ofNullable(tracing.serviceName())
                                                .orElse(service.getMetadata().getName()))),
                                Stream.ofNullable(tracing.samplePercent())
                                        .map(percent -> variable("BRR_TRACING_SAMPLE_PERCENT", percent.toString())),
                                Stream.ofNullable(tracing.headersSecretRef())
                                        .map(secret -> secretVariable(TRACING_HEADERS, secret)))
                        .flatMap(some -> some));
    }

    /** The service knows by its document whether the Secret holds a key or users. */
    private static Stream<EnvVar> credential(SecurityScheme scheme) {
        return Stream.ofNullable(scheme.secretKeyRef())
                .map(secret -> secretVariable(CREDENTIAL + scheme.name(), secret));
    }

    private static Stream<EnvVar> tokens(SecurityScheme scheme) {
        var jwt = scheme.jwt();
        return jwt == null
                ? Stream.empty()
                : Stream.of(
                                given(JWT + "ISSUER__", scheme, jwt.issuer()),
                                given(JWT + "AUDIENCE__", scheme, jwt.audience()),
                                given(JWT + "JWKS__", scheme, jwt.jwks()),
                                given(JWT + "ALGORITHMS__", scheme, jwt.algorithm()),
                                given(JWT + "LEEWAY_SECONDS__", scheme, jwt.leewaySeconds()))
                        .flatMap(Optional::stream);
    }

    private static Optional<EnvVar> given(String prefix, SecurityScheme scheme, @Nullable Object value) {
        return Optional.ofNullable(value).map(some -> variable(prefix + scheme.name(), some.toString()));
    }

    /** Returns the field of the spec that a variable's Secret is named by; the variable itself where it is none of ours. */
    static String field(String variable) {
        if (variable.equals(TRACING_HEADERS)) {
            return "spec.observability.tracing.headersSecretRef";
        }
        return variable.startsWith(CREDENTIAL)
                ? "spec.security.schemes, " + variable.substring(CREDENTIAL.length())
                : variable;
    }

    /** Returns a variable whose value the kubelet takes from a Secret when it starts the container, and nobody before. */
    private static EnvVar secretVariable(String name, KeyRef secret) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(secret.key(), secret.name(), null)
                .endValueFrom()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVar(name, value, null);
    }
}
