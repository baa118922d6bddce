// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import tulip.core.Action;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.http.Handler;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

/// Tells those who watch over a server whether it is well: 200 or 503, and in JSON which check says
/// what. Why a check failed is for the loop's exception handler, not for the world.
///
/// ```java
/// app.get("/health/live", Health.LIVE);
/// app.get("/health/ready", Health.LIVE.check("database", Duration.ofSeconds(2), db::ping));
/// ```
///
/// @param checks which are all made for each request, side by side
public record Health(List<Check> checks) implements Handler {
  /// Without checks: the server answers, so its loop turns.
  public static final Health LIVE = new Health(List.of());

  private static final String UP = "up";
  private static final String DOWN = "down";

  /// Something to be asked.
  ///
  /// @param name for the answer
  /// @param limit for how long it is asked; then it counts as failed
  /// @param action which throws if something is wrong. In a task of its own
  public record Check(String name, Duration limit, Action<Exception> action) {
    private boolean isUp() {
      try {
        Tulip.timeout(limit, action);
        return true;
      } catch (Cancelled e) {
        throw e;
      } catch (TimeoutException e) {
        return false;
      } catch (Exception e) {
        EventLoop.current()
            .callExceptionHandler(
                new ErrorContext("the health check " + name + " failed", e, this));
        return false;
      }
    }
  }

  /// Copies the list.
  public Health {
    checks = List.copyOf(checks);
  }

  /// The same with one check more.
  public Health check(String name, Duration limit, Action<Exception> action) {
    var more = new ArrayList<>(checks);
    more.add(new Check(name, limit, action));
    return new Health(more);
  }

  @Override
  public Response handle(Request request) {
    var results = Tulip.gather(checks, Check::isUp);
    var details = new JsonObject();
    for (int i = 0; i < results.size(); i++) {
      details.add(checks.get(i).name(), results.get(i) ? UP : DOWN);
    }
    boolean up = !results.contains(false);
    return new JsonObject()
        .add("status", up ? UP : DOWN)
        .add("checks", details)
        .response("application/json")
        .status(up ? Status.OK : Status.SERVICE_UNAVAILABLE)
        .header(HeaderName.CACHE_CONTROL, "no-store");
  }
}
