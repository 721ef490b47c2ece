package dev.brr.runtime.server;

import io.helidon.common.buffers.DataReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of what a connection has read.
 *
 * <p>Helidon's {@link DataReader} chains what it reads, and what is consumed goes on pointing at what comes after it. As
 * soon as one link has grown old, the collector of the young generation takes it for alive, and with it each link after
 * it: on a connection that stays, every request would go to the old generation (seen with Helidon 4.5.0: 90 bytes a
 * request, until the heap is full). The links are private, so this reaches for them by name, and does without where they
 * are called otherwise; a test knows.
 */
final class ConsumedInput implements Supplier<byte[]> {
    private static final Logger LOG = System.getLogger(ConsumedInput.class.getName());
    private static final @Nullable Links LINKS = Links.find();

    private final Supplier<byte[]> source;
    private @Nullable DataReader reader;
    private @Nullable Object last;

    private ConsumedInput(Supplier<byte[]> source) {
        this.source = source;
    }

    /**
     * Makes a reader of a source that gives null at its end.
     *
     * @param maxHead what the headers of a request may have, in bytes
     * @param idle told that what has come was no begin of a request
     */
    static RequestReader reader(Supplier<byte[]> source, int maxHead, Runnable idle) {
        ConsumedInput input = new ConsumedInput(source);
        RequestReader reader = new RequestReader(input, maxHead, idle);
        input.reader = reader;
        input.last = head(reader);
        return reader;
    }

    /** The link that a reader is at; null where its links are not known. */
    static @Nullable Object head(DataReader reader) {
        return LINKS == null ? null : LINKS.head.get(reader);
    }

    @Override
    public byte[] get() {
        if (LINKS != null && reader != null && last != null) {
            last = LINKS.cut(last, LINKS.head.get(reader));
        }
        return source.get();
    }

    private record Links(VarHandle head, VarHandle next) {

        static @Nullable Links find() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                Class<?> link = Class.forName(DataReader.class.getName() + "$Node");
                return new Links(
                        MethodHandles.privateLookupIn(DataReader.class, lookup)
                                .findVarHandle(DataReader.class, "head", link),
                        MethodHandles.privateLookupIn(link, lookup).findVarHandle(link, "next", link));
            } catch (ReflectiveOperationException e) {
                LOG.log(Level.DEBUG, "What connections have read stays in the heap longer than it need", e);
                return null;
            }
        }

        /** Cuts the links before the one that the reader is at. */
        Object cut(Object from, Object at) {
            Object link = from;
            while (!link.equals(at)) {
                Object following = next.get(link);
                if (following == null) {
                    break;
                }
                next.set(link, null);
                link = following;
            }
            return at;
        }
    }
}
