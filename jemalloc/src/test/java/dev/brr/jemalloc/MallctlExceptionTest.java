package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MallctlExceptionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1  | EPERM    | could not read prof.dump: EPERM, it can only be read, or only be written
            2  | ENOENT   | could not read prof.dump: ENOENT, this build or this process has no such control
            11 | EAGAIN   | could not read prof.dump: EAGAIN, jemalloc could not allocate for it
            12 | ENOMEM   | could not read prof.dump: ENOMEM, there is not memory enough
            14 | EFAULT   | could not read prof.dump: EFAULT, jemalloc failed at it
            22 | EINVAL   | could not read prof.dump: EINVAL, the value is of another size or not allowed
            99 | errno 99 | could not read prof.dump: errno 99, an error jemalloc(3) does not list
            """)
    void saysWhatCouldNotBeDoneToWhichControlAndWhy(int errno, String name, String message) {
        // when
        MallctlException exception = new MallctlException("prof.dump", "read", errno);

        // then
        assertThat(exception).hasMessage(message);
        assertThat(exception.control()).isEqualTo("prof.dump");
        assertThat(exception.errno()).isEqualTo(errno);
        assertThat(exception.errnoName()).isEqualTo(name);
    }
}
