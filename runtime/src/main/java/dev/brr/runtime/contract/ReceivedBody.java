package dev.brr.runtime.contract;

import dev.brr.runtime.spool.Content;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A body that was read.
 *
 * @param held the content as it came; not to be changed; empty for multipart forms, and where it is on disk
 * @param tree its value, where the media type has one: JSON, text and forms
 * @param parts the parts of a multipart form
 * @param spooled the content where it is on disk
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record ReceivedBody(
        byte[] held, Optional<JsonNode> tree, List<FormPart> parts, Content.@Nullable Spooled spooled) {
    /** No body. */
    public static final ReceivedBody NONE = new ReceivedBody(new byte[0], Optional.empty(), List.of());

    /** A body on the heap. */
    public ReceivedBody(byte[] held, Optional<JsonNode> tree, List<FormPart> parts) {
        this(held, tree, parts, null);
    }

    /** The content as it came. */
    public Content content() {
        return spooled == null ? new Content.Held(held) : spooled;
    }
}
