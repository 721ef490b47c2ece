package dev.brr.runtime.config;

import dev.brr.runtime.ratelimit.RateLimit;
import dev.brr.runtime.ratelimit.RateLimiter;
import dev.brr.runtime.ratelimit.Subnet;
import java.util.List;
import java.util.Optional;

/** Reads how often one client may call, and how clients are told apart. */
final class RateLimitKeys {
    private static final SettingKey<RateLimit> RATE_LIMIT = SettingKey.<RateLimit>of(
            "rate.limit",
            "--rate-limit",
            new ValueType<>(RateLimit.FORM, "N/SECONDS", RateLimit::parse, RateLimit::toString),
            null,
            "how often one client may call one operation");

    private static final SettingKey<Integer> CLIENTS = SettingKey.of(
            "rate.clients",
            "--rate-limit-clients",
            ValueType.count(1024, 4_194_304),
            RateLimiter.DEFAULT_CLIENTS,
            "how many clients are counted at once, at 16 bytes each");

    private static final SettingKey<Subnet> TRUSTED_PROXIES = SettingKey.<Subnet>of(
                    "rate.trustedProxies",
                    "--trusted-proxies",
                    new ValueType<>(
                            "an address or a range of addresses (10.0.0.0/8)", "CIDR", Subnet::parse, Subnet::toString),
                    null,
                    "proxies whose X-Forwarded-For is believed")
            .asList();

    static final List<SettingKey<?>> ALL = List.of(RATE_LIMIT, CLIENTS, TRUSTED_PROXIES);

    private RateLimitKeys() {}

    static Optional<RateLimit> rateLimit(SettingValues values) {
        return values.find(RATE_LIMIT);
    }

    static int clients(SettingValues values) {
        return values.get(CLIENTS);
    }

    static List<Subnet> trustedProxies(SettingValues values) {
        return values.list(TRUSTED_PROXIES);
    }
}
