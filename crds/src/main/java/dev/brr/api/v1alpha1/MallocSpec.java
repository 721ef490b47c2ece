package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how jemalloc is tuned: a preset, and single options that override it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MallocSpec(
        @JsonPropertyDescription(
                "What the memory is for. LowRss: many small pods; Balanced: everything; Throughput: latency before memory; Profiling: Balanced with heap profiles on.")
        @Default("Balanced")
        @Nullable
        MallocPreset preset,

        @JsonPropertyDescription(
                "jemalloc's own options by their own names (jemalloc(3), opt.*), over the preset. An option that jemalloc 5.3 does not have is refused.")
        @Size(max = 64)
        @ValidationRule(
                value = "self.all(k, k.matches('^[a-z][a-z0-9_]*$') && size(k) <= 64)",
                message =
                        "option names are jemalloc's own: lower case letters, digits and underscores, e.g. dirty_decay_ms")
        @ValidationRule(
                value = "self.all(k, !self[k].contains(','))",
                message = "an option's value must not contain a comma: jemalloc would read another option after it")
        @Nullable
        Map<String, String> options) {}
