package dev.brr.runtime.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that sends what no HTTP client would, and shows what comes back byte by byte. Texts are ISO 8859-1. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Connects to a port of this machine. */
    static RawClient to(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Connects to a port of this machine by TLS, whoever answers there. */
    static RawClient byTls(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        RawClient client = new RawClient(socket);
        socket.startHandshake();
        return client;
    }

    /** Sends a text, and gives all that comes back until the server closes. */
    static String exchange(int port, String text) throws IOException {
        try (RawClient client = to(port)) {
            return client.send(text).readToEnd();
        }
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a text in so many bytes at a time. */
    RawClient sendInPieces(String text, int size) throws IOException {
        for (int at = 0; at < text.length(); at += size) {
            send(text.substring(at, Math.min(text.length(), at + size)));
            Thread.yield();
        }
        return this;
    }

    /** Lets the server see that nothing follows, and goes on to read. */
    RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Breaks off without a word, as a client that is killed. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads so many bytes, or fewer where the server closes before. */
    String read(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Reads as far as a text, which comes last in what it gives; where the server closes before, all that came. */
    String readThrough(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String one = read(1); !one.isEmpty(); one = read(1)) {
            read.append(one);
            if (one.charAt(0) == text.charAt(text.length() - 1) && read.indexOf(text) >= 0) {
                break;
            }
        }
        return read.toString();
    }

    /** Reads until the server closes, be it before it had read everything. */
    String readToEnd() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (SocketException | SSLException _) {
            // What it sent until then counts.
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** The name on the certificate of who answers by TLS. */
    String server() throws IOException {
        X509Certificate shown =
                (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Trusts whoever answers: a test reads who it was. */
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
