package dev.brr.runtime.contract;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A body that was read.
 *
 * @param bytes the content as it came; not to be changed
 * @param tree its value, where the media type has one: JSON, text and forms
 * @param parts the parts of a multipart form
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record ReceivedBody(byte[] bytes, Optional<JsonNode> tree, List<FormPart> parts) {
    /** No body. */
    public static final ReceivedBody NONE = new ReceivedBody(new byte[0], Optional.empty(), List.of());
}
