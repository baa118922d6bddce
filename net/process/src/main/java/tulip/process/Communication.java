// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.ExceptionGroup;
import tulip.core.TaskGroup;
import tulip.net.ByteStream;

/// Writing to a process and reading from it at once.
final class Communication {
  private Communication() {}

  static Completed of(
      Subprocess process,
      @Nullable ByteStream stdin,
      @Nullable ByteStream stdout,
      @Nullable ByteStream stderr,
      Bytes input,
      int limit)
      throws IOException {
    try (var group = TaskGroup.open()) {
      if (stdin != null) {
        group.start(() -> feed(stdin, input));
      }
      var output = group.start(() -> drain(stdout, limit));
      var errors = group.start(() -> drain(stderr, limit));
      group.join();
      return new Completed(process.toString(), process.waitFor(), output.result(), errors.result());
    } catch (ExceptionGroup e) {
      if (e.exceptions().getFirst() instanceof IOException problem) {
        throw problem;
      }
      throw e;
    }
  }

  private static void feed(ByteStream stdin, Bytes input) {
    try (stdin) {
      stdin.write(input);
    } catch (IOException e) {
      // it does not want to read: what it thinks of that, its exit code tells
    }
  }

  private static Bytes drain(@Nullable ByteStream output, int limit) throws IOException {
    return output == null ? Bytes.EMPTY : output.readAll(limit);
  }
}
