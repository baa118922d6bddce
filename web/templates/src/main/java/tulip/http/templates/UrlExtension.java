// SPDX-License-Identifier: Apache-2.0
package tulip.http.templates;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.http.WebApp;

/// The functions `url` and `fileUrl` of templates.
final class UrlExtension extends AbstractExtension {
  private final WebApp app;

  UrlExtension(WebApp app) {
    this.app = app;
  }

  @Override
  public Map<String, Function> getFunctions() {
    return Map.of("url", new Url(app), "fileUrl", new FileUrl(app));
  }

  private record Url(WebApp app) implements Function {
    /// Any number of arguments, which then are called `0`, `1` and so on.
    @Override
    public @Nullable List<String> getArgumentNames() {
      return null;
    }

    @Override
    public Object execute(
        Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
      var name = String.valueOf(arguments.get("0"));
      var values = new Object[arguments.size() - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = String.valueOf(arguments.get(Integer.toString(i + 1)));
      }
      return app.url(name, values);
    }
  }

  private record FileUrl(WebApp app) implements Function {
    @Override
    public List<String> getArgumentNames() {
      return List.of("route", "file");
    }

    @Override
    public Object execute(
        Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
      try {
        return app.fileUrl(
            String.valueOf(arguments.get("route")), String.valueOf(arguments.get("file")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
