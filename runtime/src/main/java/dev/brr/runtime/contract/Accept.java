package dev.brr.runtime.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses a media type by the {@code Accept} header (RFC 9110, section 12.5.1). */
public final class Accept {
    private record Range(MediaType type, double quality) {}

    private Accept() {}

    /**
     * Chooses among what is offered, in the order of the offer where the header has no preference.
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
        double bestQuality = 0;
        for (MediaType offer : offers) {
            double quality = quality(ranges, offer);
            if (quality > bestQuality) {
                best = Optional.of(offer);
                bestQuality = quality;
            }
        }
        return best;
    }

    private static double quality(List<Range> ranges, MediaType offer) {
        int precision = -1;
        double quality = 0;
        for (Range range : ranges) {
            if (range.type().precision() > precision
                    && (range.type().includes(offer) || offer.includes(range.type()))) {
                precision = range.type().precision();
                quality = range.quality();
            }
        }
        return quality;
    }

    private static List<Range> ranges(String header) {
        List<Range> ranges = new ArrayList<>();
        for (String part : header.split(",")) {
            // Java's own client sends a star alone for anything.
            String range = part.strip().startsWith("*;") || part.strip().equals("*") ? "*/" + part.strip() : part;
            MediaType.parse(range).ifPresent(type -> ranges.add(new Range(type, quality(type))));
        }
        return ranges;
    }

    private static double quality(MediaType type) {
        try {
            return Double.parseDouble(type.parameters().getOrDefault("q", "1"));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
