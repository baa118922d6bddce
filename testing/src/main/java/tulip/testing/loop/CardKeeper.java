// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// Keeps the report card while the cases run, and writes it when all have.
final class CardKeeper implements TestWatcher, AfterAllCallback {
  private static final Map<Class<?>, Card> CARDS = new ConcurrentHashMap<>();

  CardKeeper() {}

  @Override
  public void testSuccessful(ExtensionContext context) {
    card(context).passed(method(context));
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    card(context).failed(method(context), cause);
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    card(context).left(method(context), String.valueOf(cause));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    card(context).left(method(context), reason.orElse("disabled"));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    var card = CARDS.remove(context.getRequiredTestClass());
    if (card != null) {
      var file =
          Path.of(System.getProperty("tulip.conformance.folder", "target/conformance"))
              .resolve(card.loop() + ".md");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "# " + card.loop() + "\n\n" + card.text() + card.details());
      System.out.println(card.loop() + ", order seed " + Shuffled.seed() + "\n" + card.text());
    }
  }

  private static Card card(ExtensionContext context) {
    return CARDS.computeIfAbsent(context.getRequiredTestClass(), Card::new);
  }

  private static Method method(ExtensionContext context) {
    return context.getRequiredTestMethod();
  }
}
