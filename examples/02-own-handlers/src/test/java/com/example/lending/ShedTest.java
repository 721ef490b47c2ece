package com.example.lending;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.lending.Shed.Borrowed;
import com.example.lending.Shed.Loan;
import com.example.lending.Shed.Tool;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of lending, without any server. */
class ShedTest {
    private final Shed shed = new Shed(
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC), List.of(new Tool("saw", "hand")));

    @Test
    void aToolIsDueSoManyDaysLater() {
        // when
        Borrowed borrowed = shed.borrow("saw", 3);

        // then
        assertThat(borrowed).isEqualTo(new Borrowed.Taken(new Loan(1, "saw", LocalDate.of(2026, 3, 4))));
        assertThat(shed.has("saw")).isFalse();
    }

    @Test
    void nobodyGetsAToolThatIsOut() {
        // given
        shed.borrow("saw", 3);

        // then
        assertThat(shed.borrow("saw", 1)).isEqualTo(new Borrowed.AlreadyOut(LocalDate.of(2026, 3, 4)));
    }

    @Test
    void whatIsBroughtBackCanBeBorrowedAgain() {
        // given
        shed.borrow("saw", 3);

        // when
        boolean returned = shed.giveBack(1);

        // then
        assertThat(returned).isTrue();
        assertThat(shed.giveBack(1)).isFalse();
        assertThat(shed.borrow("saw", 1)).isEqualTo(new Borrowed.Taken(new Loan(2, "saw", LocalDate.of(2026, 3, 2))));
    }

    @Test
    void aToolThatIsNotThereIsNotLent() {
        assertThat(shed.borrow("anvil", 1)).isEqualTo(new Borrowed.NoSuchTool());
        assertThat(shed.has("anvil")).isFalse();
    }
}
