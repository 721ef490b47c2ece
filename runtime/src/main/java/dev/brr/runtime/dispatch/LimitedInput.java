package dev.brr.runtime.dispatch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that may have so many bytes; to read more of it throws {@link Exchange.BodyTooLargeException}. */
public class LimitedInput extends FilterInputStream {
    private long left;
    private boolean ended;

    /** @param limit the most bytes it may have */
    public LimitedInput(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    /** Whether it was read to its end. */
    protected final boolean hasEnded() {
        return ended;
    }

    private int counted(int count) throws Exchange.BodyTooLargeException {
        ended |= count < 0;
        left -= Math.max(0, count);
        if (left < 0) {
            throw new Exchange.BodyTooLargeException();
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        counted(one < 0 ? -1 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return counted(super.read(bytes, offset, length));
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] nowhere = new byte[(int) Math.clamp(count, 0, 8192)];
        return Math.max(0, read(nowhere, 0, nowhere.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void mark(int limit) {
        // There is no way back.
    }

    @Override
    public void reset() throws IOException {
        throw new IOException("A body is read once");
    }
}
