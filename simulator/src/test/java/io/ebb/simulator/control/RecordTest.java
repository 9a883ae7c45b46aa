package io.ebb.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.simulator.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecordTest {

    @Test
    void entriesAreNumberedFromOneAndReadFromAnyNumberOn() {
        var record = new Record(new TestClock());
        record.add("a", "x", "");
        record.add("b", "x", "");

        assertThat(record.after(0)).extracting(Record.Entry::kind).containsExactly("a", "b");
        assertThat(record.after(1)).extracting(Record.Entry::sequence).containsExactly(2L);
        assertThat(record.after(99)).isEmpty();
        assertThat(record.after(-5)).hasSize(2);
    }
}
