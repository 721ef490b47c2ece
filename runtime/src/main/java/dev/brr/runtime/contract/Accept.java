package dev.brr.runtime.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses a media type by the {@code Accept} header (RFC 9110, section 12.5.1). */
public final class Accept {
    private record Range(MediaType type, double quality) {}

    private Accept() {}

    /**
     * Chooses among what is offered, in the order of the offer where the header has no preference; of one name that whose
     * parameters the header has.
     *
     * @param header the header's text; empty accepts everything
     * @return nothing when none of the offers is acceptable
     */
    public static Optional<MediaType> choose(String header, List<MediaType> offers) {
        if (header.isBlank() || header.equals("*/*")) {
            return offers.isEmpty() ? Optional.empty() : Optional.of(offers.getFirst());
        }
        List<Range> ranges = ranges(header);
        Optional<MediaType> best = Optional.empty();
        Wish wished = Wish.NONE;
        for (MediaType offer : offers) {
            Wish wish = wish(ranges, offer);
            boolean sameName =
                    best.filter(one -> one.essence().equals(offer.essence())).isPresent();
            if (wish.quality() > wished.quality()
                    || (sameName && wish.quality() == wished.quality() && wish.parameters() > wished.parameters())) {
                best = Optional.of(offer);
                wished = wish;
            }
        }
        return best;
    }

    /**
     * How much an offer is wished for.
     *
     * @param precision how closely the range names it that decides
     * @param parameters how many of its parameters that range names; less than none when it names others
     */
    private record Wish(double quality, int precision, int parameters) {
        static final Wish NONE = new Wish(0, -1, 0);

        boolean isCloserThan(Wish other) {
            return precision > other.precision || (precision == other.precision && parameters > other.parameters);
        }
    }

    private static Wish wish(List<Range> ranges, MediaType offer) {
        Wish closest = Wish.NONE;
        for (Range range : ranges) {
            MediaType type = range.type();
            if (type.includes(offer) || offer.includes(type)) {
                int missing = type.missing(offer);
                Wish wish = new Wish(range.quality(), type.precision(), missing > 0 ? -missing : type.named());
                closest = missing >= 0 && wish.isCloserThan(closest) ? wish : closest;
            }
        }
        return closest;
    }

    private static List<Range> ranges(String header) {
        List<Range> ranges = new ArrayList<>();
        for (String part : elements(header)) {
            // Java's own client sends a star alone for anything.
            String range = part.strip().startsWith("*;") || part.strip().equals("*") ? "*/" + part.strip() : part;
            MediaType.parse(range).ifPresent(type -> ranges.add(new Range(type, quality(type))));
        }
        return ranges;
    }

    /** Splits a list at its commas, but at none in a quoted value. */
    private static List<String> elements(String header) {
        if (header.indexOf('"') < 0) {
            return List.of(header.split(","));
        }
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < header.length(); i++) {
            switch (header.charAt(i)) {
                case '"' -> quoted = !quoted;
                case '\\' -> i += quoted ? 1 : 0;
                case ',' -> {
                    if (!quoted) {
                        elements.add(header.substring(from, i));
                        from = i + 1;
                    }
                }
                default -> {}
            }
        }
        elements.add(header.substring(from));
        return elements;
    }

    private static double quality(MediaType type) {
        try {
            return Double.parseDouble(type.parameters().getOrDefault("q", "1"));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
