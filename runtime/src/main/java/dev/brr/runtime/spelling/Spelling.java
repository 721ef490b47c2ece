package dev.brr.runtime.spelling;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was meant where a name is not known. */
public final class Spelling {
    private Spelling() {}

    /** Gives the nearest of the names, if it is within so many slips of the pen. */
    public static Optional<String> nearest(String word, Collection<String> names, int slips) {
        return names.stream()
                .filter(name -> Math.abs(name.length() - word.length()) <= slips)
                .filter(name -> slips(word, name) <= slips)
                .min(Comparator.comparingInt(name -> slips(word, name)));
    }

    /** Counts letters left out, added, exchanged, or swapped with their neighbour (optimal string alignment). */
    static int slips(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int exchanged = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + exchanged, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
