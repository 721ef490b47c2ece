package dev.brr.runtime.document;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.ratelimit.RateLimit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code x-brr-cors} and {@code x-brr-rate-limit}. Either may be {@code false}, which is to say: none here. */
final class PoliciesReader {
    private static final String CORS = "x-brr-cors";
    private static final String RATE_LIMIT = "x-brr-rate-limit";
    private static final List<String> CORS_KEYS =
            List.of("origins", "headers", "exposeHeaders", "credentials", "maxAge");
    private static final List<String> RATE_LIMIT_KEYS = List.of("requests", "seconds", "burst");

    private final Findings findings;

    PoliciesReader(Findings findings) {
        this.findings = findings;
    }

    Policies read(Located holder) {
        if (!holder.node().has(CORS) && !holder.node().has(RATE_LIMIT)) {
            return Policies.NONE;
        }
        Optional<CorsPolicy> cors = isFalse(holder, CORS)
                ? Optional.of(CorsPolicy.OFF)
                : findings.object(holder, CORS).flatMap(this::cors);
        Optional<RateLimit> rateLimit = isFalse(holder, RATE_LIMIT)
                ? Optional.of(RateLimit.NONE)
                : findings.object(holder, RATE_LIMIT).flatMap(this::rateLimit);
        return new Policies(cors, rateLimit);
    }

    private static boolean isFalse(Located holder, String key) {
        JsonNode value = holder.node().get(key);
        return value != null && value.isBoolean() && !value.booleanValue();
    }

    private Optional<CorsPolicy> cors(Located at) {
        known(at, CORS_KEYS);
        List<String> origins = texts(at, "origins");
        List<String> headers = texts(at, "headers");
        List<String> exposed = texts(at, "exposeHeaders");
        boolean credentials = findings.flag(at, "credentials", false);
        long maxAge = number(at, "maxAge", 0, CorsPolicy.MOST_MAX_AGE).orElse(CorsPolicy.DEFAULT_MAX_AGE);
        if (!at.node().has("origins")) {
            findings.add(at.pointer(), "the key origins is missing");
        }
        List<String> mistakes = CorsPolicy.mistakes(origins, headers, exposed, credentials);
        mistakes.forEach(mistake -> findings.add(at.pointer(), mistake));
        return mistakes.isEmpty()
                ? Optional.of(
                        new CorsPolicy(new HashSet<>(origins), new HashSet<>(headers), exposed, credentials, maxAge))
                : Optional.empty();
    }

    private Optional<RateLimit> rateLimit(Located at) {
        known(at, RATE_LIMIT_KEYS);
        for (String key : List.of("requests", "seconds")) {
            if (!at.node().has(key)) {
                findings.add(at.pointer(), "the key " + key + " is missing");
            }
        }
        Optional<Long> requests = number(at, "requests", 1, RateLimit.MOST);
        Optional<Long> seconds = number(at, "seconds", 1, RateLimit.MOST);
        Optional<Long> burst = number(at, "burst", 1, RateLimit.MOST).or(() -> requests);
        return requests.isPresent() && seconds.isPresent() && burst.isPresent()
                ? Optional.of(new RateLimit(
                        requests.get().intValue(),
                        seconds.get().intValue(),
                        burst.get().intValue()))
                : Optional.empty();
    }

    private void known(Located at, List<String> keys) {
        for (Located.Member member : at.members()) {
            if (!keys.contains(member.key())) {
                findings.add(
                        member.value().pointer(),
                        "the key " + member.key() + " is not known; the keys are " + String.join(", ", keys));
            }
        }
    }

    private List<String> texts(Located at, String key) {
        List<String> texts = new ArrayList<>();
        findings.array(at, key).ifPresent(list -> {
            for (Located item : list.items()) {
                if (item.node().isString()) {
                    texts.add(item.node().stringValue());
                } else {
                    findings.add(item.pointer(), "has to be text");
                }
            }
        });
        return texts;
    }

    private Optional<Long> number(Located at, String key, long least, long most) {
        JsonNode value = at.node().get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            long number = value.longValue();
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        findings.add(Pointer.child(at.pointer(), key), "has to be a whole number from " + least + " to " + most);
        return Optional.empty();
    }
}
