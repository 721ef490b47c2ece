package dev.brr.jemalloc.profile;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

class TruthTableTest {

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OnPlatformThreads extends TruthTable {
        OnPlatformThreads() {
            super(false);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OnVirtualThreadsThatPark extends TruthTable {
        OnVirtualThreadsThatPark() {
            super(true);
        }
    }
}
