package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens a service to pages of other origins (CORS). Pods refuse to start with an origin that no browser sends. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.credentials) || !self.credentials || !self.origins.exists(origin, origin == '*')",
        message = "credentials for the pages of every origin (*) would give anyone's page a user's session:"
                + " name the origins")
@ValidationRule(
        value = "self.origins.all(origin, !(origin.startsWith('https://') && origin.endsWith(':443'))"
                + " && !(origin.startsWith('http://') && origin.endsWith(':80')))",
        message = "browsers leave the scheme's own port out of an origin: write https://app.example.com")
public record CorsSpec(
        @JsonPropertyDescription(
                "The origins whose pages may call, as browsers write them: scheme://host or scheme://host:port in lower case, without a path; or * for all.")
        @Required
        @Size(min = 1, max = 64)
        List<@Size(min = 1, max = 255) @Pattern(ORIGIN) String> origins,

        @JsonPropertyDescription(
                "Request headers that they may send besides those of the document, or * for all. Absent: none.")
        @Size(max = 64)
        @Nullable
        List<@Size(min = 1, max = 128) @Pattern(HEADER) String> headers,

        @JsonPropertyDescription(
                "Response headers that they may read, or * for all. Absent: those that every page may read.")
        @Size(max = 64)
        @Nullable
        List<@Size(min = 1, max = 128) @Pattern(HEADER) String> exposeHeaders,

        @JsonPropertyDescription("Whether they may send cookies and the like. Absent: no.") @Nullable
        Boolean credentials,

        @JsonPropertyDescription("How many seconds a browser may keep the answer to a preflight. Absent: 600.")
        @Min(0)
        @Max(86_400)
        @Nullable
        Integer maxAgeSeconds) {

    private static final String LABEL_REST = "([-a-z0-9]*[a-z0-9])?";
    /** A name of RFC 2396, section 3.2.2, as pods read it: the last label of several begins with a letter. */
    private static final String HOST = "([a-z0-9]" + LABEL_REST + "|([a-z0-9]" + LABEL_REST + "\\.)+[a-z]" + LABEL_REST
            + "|" + IpPattern.IPV4 + ")";

    private static final String ORIGIN = "^(\\*|[a-z][a-z0-9+.-]*://" + HOST + "(:[1-9][0-9]{0,4})?)$";
    /** A token of RFC 9110, section 5.6.2. */
    private static final String HEADER = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";
}
