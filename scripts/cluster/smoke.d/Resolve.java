import java.net.InetAddress;

/** Resolves each name given, so that a missing piece of the C library's name service shows. */
final class Resolve {
    private Resolve() {}

    public static void main(String[] names) throws Exception {
        for (String name : names) {
            System.out.println(InetAddress.getByName(name).getHostAddress());
        }
    }
}
