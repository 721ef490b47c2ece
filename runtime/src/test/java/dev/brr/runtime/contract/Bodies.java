package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.spool.RequestFiles;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Reads bodies as they come from a client. */
final class Bodies {
    private Bodies() {}

    /** Temporary files where Java has them. */
    static TemporaryFiles files() {
        return new TemporaryFiles(Path.of(System.getProperty("java.io.tmpdir")), 1 << 30);
    }

    /** A body that comes byte by byte. */
    static InputStream trickling(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(1, length));
            }
        };
    }

    /** Reads a body. */
    static BodyReader.Outcome read(BodyReader reader, byte[] bytes, MediaType type) {
        if (!BodyReader.streams(type)) {
            return reader.read(bytes, type);
        }
        try (RequestFiles files = files().ofRequest(_ -> {})) {
            return reader.read(new ByteArrayInputStream(bytes), type, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a form apart that fits the heap; in one piece as byte by byte. */
    static List<FormPart> parse(byte[] bytes, String boundary) {
        try (RequestFiles files = files().ofRequest(_ -> {})) {
            List<FormPart> slow = Multipart.parse(trickling(bytes), boundary, files, _ -> false);
            List<FormPart> parts = Multipart.parse(new ByteArrayInputStream(bytes), boundary, files, _ -> false);
            assertThat(slow).usingRecursiveComparison().isEqualTo(parts);
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
