import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Prints the table of libraries with version and license for THIRD-PARTY.md: Notices.java SERVICE_CLASSPATH
 * OPERATOR_CLASSPATH, two files as dependency:build-classpath writes them. A license is what the library's own POM, or
 * the nearest parent that names one, declares; one that it names in no known way is an error, so that somebody looks.
 */
public final class Notices {

    /** Parts of names and addresses in POMs, the narrow ones first, and the SPDX identifier each stands for. */
    private static final Map<String, String> SPDX = new LinkedHashMap<>();

    static {
        SPDX.put("apache", "Apache-2.0");
        SPDX.put("lgpl-2.1", "LGPL-2.1-or-later");
        SPDX.put("lesser general public", "LGPL-2.1-only");
        SPDX.put("eclipse public license - v 1.0", "EPL-1.0");
        SPDX.put("epl-1.0", "EPL-1.0");
        SPDX.put("eclipse public license - v 2.0", "EPL-2.0");
        SPDX.put("epl-2.0", "EPL-2.0");
        SPDX.put("eclipse distribution license", "BSD-3-Clause");
        SPDX.put("gpl2 w/ cpe", "GPL-2.0-only WITH Classpath-exception-2.0");
        SPDX.put("classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0");
        SPDX.put("public domain", "CC0-1.0");
        SPDX.put("creativecommons.org/publicdomain/zero", "CC0-1.0");
        SPDX.put("cc0", "CC0-1.0");
        SPDX.put("mit-0", "MIT-0");
        SPDX.put("mit license", "MIT");
        SPDX.put("opensource.org/licenses/mit", "MIT");
        SPDX.put("opensource.org/license/mit", "MIT");
        SPDX.put("bsd 2-clause", "BSD-2-Clause");
        SPDX.put("bsd-2-clause", "BSD-2-Clause");
        SPDX.put("bsd-3-clause", "BSD-3-Clause");
        SPDX.put("asm.ow2.io", "BSD-3-Clause");
        SPDX.put("go license", "BSD-3-Clause");
        SPDX.put("unicode", "Unicode-3.0");
    }

    private static final Pattern VERSIONED = Pattern.compile("(.*)/([^/]+)/([^/]+)/([^/]+)\\.jar");

    private record Library(String group, String artifact, String version, Path repository) {
        String name() {
            return group + ":" + artifact;
        }

        Path pom() {
            return repository
                    .resolve(group.replace('.', '/'))
                    .resolve(artifact)
                    .resolve(version)
                    .resolve(artifact + "-" + version + ".pom");
        }
    }

    private Notices() {}

    public static void main(String[] arguments) throws Exception {
        var service = libraries(Path.of(arguments[0]));
        var operator = libraries(Path.of(arguments[1]));
        var all = new TreeMap<String, Library>();
        service.forEach(library -> all.put(library.name() + " " + library.version(), library));
        operator.forEach(library -> all.put(library.name() + " " + library.version(), library));
        System.out.println("| Library | Version | License | Service image | Operator's own |");
        System.out.println("|---|---|---|---|---|");
        for (var library : all.values()) {
            System.out.printf(
                    "| %s | %s | %s | %s | %s |%n",
                    library.name(),
                    library.version(),
                    license(library),
                    service.contains(library) ? "yes" : "",
                    operator.contains(library) ? "yes" : "");
        }
    }

    private static List<Library> libraries(Path classpath) throws IOException {
        return Stream.of(Files.readString(classpath).strip().split(":"))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Notices::library)
                .filter(library -> !library.group().equals("dev.brr"))
                .toList();
    }

    private static Library library(String jar) {
        var matcher = VERSIONED.matcher(jar);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a path of a local Maven repository: " + jar);
        }
        var folders = matcher.group(1);
        var root = folders.indexOf("/repository/") + "/repository".length();
        return new Library(
                folders.substring(root + 1).replace('/', '.'),
                matcher.group(2),
                matcher.group(3),
                Path.of(folders.substring(0, root)));
    }

    private static String license(Library library) throws Exception {
        for (Optional<Library> pom = Optional.of(library); pom.isPresent(); pom = parent(pom.get())) {
            var declared = declared(pom.get());
            if (!declared.isEmpty()) {
                return declared.stream()
                        .map(words -> spdx(library, words))
                        .distinct()
                        .collect(Collectors.joining(", "));
            }
        }
        throw new IllegalStateException(library.name() + " declares no license; look into its jar");
    }

    private static String spdx(Library library, String words) {
        return SPDX.entrySet().stream()
                .filter(known -> words.toLowerCase().contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        library.name() + " declares \"" + words + "\"; add it to scripts/lib/Notices.java"));
    }

    private static List<String> declared(Library library) throws Exception {
        var words = new ArrayList<String>();
        for (var licenses : children(project(library), "licenses")) {
            for (var license : children(licenses, "license")) {
                words.add(text(license, "name") + " " + text(license, "url"));
            }
        }
        return words;
    }

    private static Optional<Library> parent(Library library) throws Exception {
        return children(project(library), "parent").stream()
                .findFirst()
                .map(parent -> new Library(
                        text(parent, "groupId"),
                        text(parent, "artifactId"),
                        text(parent, "version"),
                        library.repository()));
    }

    private static Element project(Library library) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(library.pom().toFile())
                .getDocumentElement();
    }

    private static String text(Element element, String name) {
        return children(element, name).stream()
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element element, String name) {
        var found = new ArrayList<Element>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getNodeName().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }
}
