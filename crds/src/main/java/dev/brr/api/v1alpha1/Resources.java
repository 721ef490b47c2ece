package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Says what the service's container gets. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.limits) || !has(self.limits.cpu)"
                + " || quantity(string(self.limits.cpu)).isGreaterThan(quantity('0'))",
        message = "limits.cpu must be more than 0; leave it out for no limit")
@ValidationRule(
        value = "!has(self.limits) || !has(self.limits.memory)"
                + " || quantity(string(self.limits.memory)).isGreaterThan(quantity('0'))",
        message = "limits.memory must be more than 0; leave it out for no limit")
@ValidationRule(
        value = "!has(self.limits) || !has(self.limits.cpu) || !has(self.requests) || !has(self.requests.cpu)"
                + " || quantity(string(self.requests.cpu)).compareTo(quantity(string(self.limits.cpu))) <= 0",
        message = "requests.cpu must not exceed limits.cpu")
@ValidationRule(
        value = "!has(self.limits) || !has(self.limits.memory) || !has(self.requests) || !has(self.requests.memory)"
                + " || quantity(string(self.requests.memory)).compareTo(quantity(string(self.limits.memory))) <= 0",
        message = "requests.memory must not exceed limits.memory")
public record Resources(
        @JsonPropertyDescription("The most it may use.") @Nullable
        ResourceAmounts limits,

        @JsonPropertyDescription(
                "What the scheduler sets aside for it; absent: the limits for memory, a tenth of the limit for CPU.")
        @Nullable
        ResourceAmounts requests) {}
