package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.BodyReader;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationBody;
import dev.brr.runtime.contract.ReceivedBody;
import dev.brr.runtime.problem.Problem;
import dev.brr.runtime.spool.NoRoomException;
import dev.brr.runtime.spool.RequestFiles;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Reads the bodies of requests: onto the heap what is small or has to be whole, the rest to disk. */
final class RequestBodies {
    private static final Logger LOG = System.getLogger(RequestBodies.class.getName());
    private static final String NO_ROOM = "Too many large request bodies are being read; try again later";

    private final BodyRoom room;
    private final long maxBytes;
    private final TemporaryFiles files;

    /** @param maxBytes of one body */
    RequestBodies(long maxBytes, TemporaryFiles files) {
        this.room = BodyRoom.of(maxBytes);
        this.maxBytes = maxBytes;
        this.files = files;
    }

    /** What one request will hold; to be closed when it ends. */
    BodyRoom.Slice slice() {
        return room.slice();
    }

    /** Reads a body and holds it to what is declared. */
    ReceivedBody read(OperationBody declared, Exchange exchange, BodyRoom.Slice slice) throws Refusal, IOException {
        List<String> contentTypes = exchange.header("content-type");
        // Two of them are none (RFC 9110, section 5.3): who else reads the request may take the other.
        String contentType = contentTypes.size() == 1 ? contentTypes.getFirst() : String.join(", ", contentTypes);
        Optional<MediaType> mediaType = declared.mediaType(contentType);
        Optional<BodyReader> reader = mediaType.flatMap(declared::reader);
        long length = exchange.contentLength();
        if (contentType.isEmpty() && (length == 0 || (length < 0 && isEmpty(exchange)))) {
            return none(declared);
        }
        if (reader.isEmpty()) {
            throw new Refusal(Reply.of(Problem.unsupportedMediaType(contentType, declared.accepted()))
                    .with(acceptHeader(exchange.method()), declared.accepted()));
        }
        if (length == 0) {
            return none(declared);
        }
        MediaType type = mediaType.orElseThrow();
        BodyReader.Outcome outcome = streams(type, length)
                ? streamed(declared, reader.orElseThrow(), type, exchange, slice)
                : whole(declared, reader.orElseThrow(), type, exchange, slice);
        if (!outcome.violations().isEmpty()) {
            throw new Refusal(Problem.body(outcome.violations()));
        }
        return outcome.body();
    }

    /** Names what is taken in the place of what came (RFC 9110, section 15.5.16; RFC 5789, section 3.1; LDP for POST). */
    private static String acceptHeader(String method) {
        return switch (method) {
            case "POST" -> "Accept-Post";
            case "PATCH" -> "Accept-Patch";
            default -> "Accept";
        };
    }

    private static boolean streams(MediaType type, long length) {
        return BodyReader.streams(type)
                && (length < 0 || length > RequestFiles.THRESHOLD || type.type().equals("multipart"));
    }

    /** Chunks may have nothing in them, and then there is no body that a media type could be missing of. */
    private static boolean isEmpty(Exchange exchange) throws IOException {
        try (InputStream in = exchange.bodyStream(1)) {
            return in.read() < 0;
        } catch (Exchange.BodyTooLargeException _) {
            return false;
        }
    }

    private static ReceivedBody none(OperationBody declared) throws Refusal {
        if (declared.isRequired()) {
            throw new Refusal(Problem.bodyRequired());
        }
        return ReceivedBody.NONE;
    }

    private BodyReader.Outcome whole(
            OperationBody declared, BodyReader reader, MediaType type, Exchange exchange, BodyRoom.Slice slice)
            throws Refusal, IOException {
        byte[] bytes = bytes(exchange, slice);
        return bytes.length == 0 ? BodyReader.Outcome.of(none(declared)) : reader.read(bytes, type);
    }

    private byte[] bytes(Exchange exchange, BodyRoom.Slice slice) throws Refusal, IOException {
        long length = exchange.contentLength();
        slice.take(length < 0 ? maxBytes : length);
        long limit = Math.min(slice.bytes(), maxBytes);
        if (length > limit) {
            throw new Refusal(Problem.unavailable(NO_ROOM));
        }
        try {
            byte[] bytes = exchange.body(limit);
            slice.keep(bytes.length);
            return bytes;
        } catch (Exchange.BodyTooLargeException _) {
            throw new Refusal(limit < maxBytes ? Problem.unavailable(NO_ROOM) : Problem.bodyTooLarge(maxBytes));
        }
    }

    private BodyReader.Outcome streamed(
            OperationBody declared, BodyReader reader, MediaType type, Exchange exchange, BodyRoom.Slice slice)
            throws Refusal, IOException {
        RequestFiles kept = files.ofRequest(slice::grow);
        slice.holds(kept);
        try (PushbackInputStream in = new PushbackInputStream(exchange.bodyStream(maxBytes))) {
            return isEmpty(in) ? BodyReader.Outcome.of(none(declared)) : reader.read(in, type, kept);
        } catch (Exchange.BodyTooLargeException _) {
            throw new Refusal(Problem.bodyTooLarge(maxBytes));
        } catch (NoRoomException e) {
            if (e.getCause() != null) {
                LOG.log(Level.ERROR, "{0}", e.getMessage());
            }
            throw new Refusal(Problem.unavailable(NO_ROOM));
        }
    }

    private static boolean isEmpty(PushbackInputStream in) throws IOException {
        int first = in.read();
        if (first >= 0) {
            in.unread(first);
        }
        return first < 0;
    }
}
