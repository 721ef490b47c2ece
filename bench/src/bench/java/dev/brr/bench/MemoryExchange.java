package dev.brr.bench;

import dev.brr.runtime.dispatch.Exchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * A request that is there already.
 *
 * @param headers by name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
record MemoryExchange(String method, String rawPath, Map<String, List<String>> headers, byte[] bytes)
        implements Exchange {

    static MemoryExchange get(String path, Map<String, List<String>> headers) {
        return new MemoryExchange("GET", path, headers, new byte[0]);
    }

    static MemoryExchange post(String path, Map<String, List<String>> headers, byte[] body) {
        return new MemoryExchange("POST", path, headers, body);
    }

    @Override
    public InetAddress remoteAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String rawQuery() {
        return "";
    }

    @Override
    public List<String> header(String name) {
        List<String> known = headers.get(name);
        return known == null ? sameButForCase(name) : known;
    }

    /** A server finds a name in any spelling for nothing; a benchmark must not pay for it. */
    private List<String> sameButForCase(String name) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return List.of();
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public byte[] body(long limit) {
        return bytes;
    }
}
