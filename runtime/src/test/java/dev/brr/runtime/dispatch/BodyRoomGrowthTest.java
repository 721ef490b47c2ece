package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.spool.NoRoomException;
import dev.brr.runtime.spool.RequestFiles;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room for bodies whose size shows only as they come. */
class BodyRoomGrowthTest {
    private static final int SMALL = (int) BodyRoom.SMALL;

    @TempDir
    private Path folder;

    private static long left(BodyRoom room) {
        return room.take(Long.MAX_VALUE).bytes();
    }

    @Test
    void theFirstBytesCostNothing() throws NoRoomException {
        // given
        BodyRoom room = new BodyRoom(1000);
        room.take(100_000);

        // when
        BodyRoom.Slice slice = room.slice();
        slice.grow(SMALL / 2);
        slice.grow(SMALL / 2);

        // then
        assertThatThrownBy(() -> slice.grow(1)).isInstanceOf(NoRoomException.class);
    }

    @Test
    void whatComesBeyondIsTakenFromTheRoomAndGivenBack() throws NoRoomException {
        // given
        BodyRoom room = new BodyRoom(1_000_000);

        // when
        try (BodyRoom.Slice slice = room.slice()) {
            slice.grow(SMALL);
            slice.grow(300_000);
            BodyRoom.Slice other = room.take(1_000_000);

            // then
            assertThat(other.bytes()).isEqualTo(700_000);
            other.close();
        }
        assertThat(left(room)).isEqualTo(1_000_000);
    }

    @Property(tries = 200)
    void nothingIsLostWhetherThereIsRoomOrNot(@ForAll @Size(max = 30) List<@IntRange(max = 60_000) Integer> pieces) {
        // given
        BodyRoom room = new BodyRoom(400_000);
        long taken = 0;

        // when
        try (BodyRoom.Slice slice = room.slice()) {
            for (int piece : pieces) {
                slice.grow(piece);
                taken += piece;
            }
            assertThat(taken).isLessThanOrEqualTo(400_000L + SMALL);
        } catch (NoRoomException e) {
            assertThat(e).hasMessageContaining("take all room");
        }

        // then
        assertThat(left(room)).isEqualTo(400_000);
    }

    @Test
    void filesEndWithTheSlice() throws IOException {
        // given
        TemporaryFiles files = new TemporaryFiles(folder, 1 << 20);
        BodyRoom.Slice slice = new BodyRoom(1 << 20).slice();
        RequestFiles request = files.ofRequest(slice::grow);
        slice.holds(request);
        request.read(new ByteArrayInputStream(new byte[500_000]));

        // when
        slice.close();

        // then
        assertThat(files.free()).isEqualTo(1 << 20);
    }
}
