import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Names the methods of more than 40 lines, from signature to brace, and the files of more than 300.
 *
 * <p>Run by {@code java SourceSizes.java FILE...}. Prints a line for each, and exits with 1 where there is one.
 */
final class SourceSizes extends TreeScanner<Void, Void> {
    private static final int METHOD = 40;
    private static final int FILE = 300;

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;
    private final List<String> findings;

    private SourceSizes(CompilationUnitTree unit, SourcePositions positions, List<String> findings) {
        this.unit = unit;
        this.positions = positions;
        this.lines = unit.getLineMap();
        this.findings = findings;
    }

    public static void main(String[] arguments) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> findings = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(
                            Arrays.stream(arguments).map(Path::of).toList()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new SourceSizes(unit, positions, findings).judge();
            }
        }
        findings.stream().sorted().forEach(System.out::println);
        System.exit(findings.isEmpty() ? 0 : 1);
    }

    private void judge() {
        long last = unit.getTypeDecls().stream()
                .mapToLong(type -> line(positions.getEndPosition(unit, type)))
                .max()
                .orElse(0);
        if (last > FILE) {
            findings.add("%s: has %d lines, more than %d".formatted(unit.getSourceFile().getName(), last, FILE));
        }
        scan(unit, null);
    }

    private long line(long position) {
        return position < 0 ? 0 : lines.getLineNumber(position);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
        if (method.getBody() != null) {
            long begin = line(signature(method));
            long size = line(positions.getEndPosition(unit, method.getBody())) - begin + 1;
            if (size > METHOD) {
                findings.add("%s:%d: %s has %d lines, more than %d"
                        .formatted(unit.getSourceFile().getName(), begin, name(method), size, METHOD));
            }
        }
        return super.visitMethod(method, nothing);
    }

    private static String name(MethodTree method) {
        return method.getReturnType() == null ? "a constructor" : method.getName().toString();
    }

    /** Where a method begins behind its annotations. */
    private long signature(MethodTree method) {
        if (method.getReturnType() != null) {
            return positions.getStartPosition(unit, method.getReturnType());
        }
        long modifiers = positions.getEndPosition(unit, method.getModifiers());
        return modifiers >= 0 ? modifiers : positions.getStartPosition(unit, method);
    }
}
