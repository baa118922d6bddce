// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tulip.http.protocol.Status;

/// All that can be done with one resource, in one class: a method for each of HTTP's. Override
/// those that there are; HEAD and OPTIONS follow, and the rest is 405 with what is allowed.
///
/// ```java
/// class Things extends View {
///   @Override public Response get(Request request) { ... }
///   @Override public Response delete(Request request) { ... }
/// }
/// app.view("/things/{id:int}", new Things());
/// ```
///
/// One object answers all requests.
public abstract class View implements Handler {
  private static final List<String> NAMES = List.of("get", "post", "put", "patch", "delete");

  /// For those who extend it.
  protected View() {}

  /// Answers GET and HEAD.
  ///
  /// @throws Exception as [Handler#handle]
  public Response get(Request request) throws Exception {
    throw notThere();
  }

  /// Answers POST.
  ///
  /// @throws Exception as [Handler#handle]
  public Response post(Request request) throws Exception {
    throw notThere();
  }

  /// Answers PUT.
  ///
  /// @throws Exception as [Handler#handle]
  public Response put(Request request) throws Exception {
    throw notThere();
  }

  /// Answers PATCH.
  ///
  /// @throws Exception as [Handler#handle]
  public Response patch(Request request) throws Exception {
    throw notThere();
  }

  /// Answers DELETE.
  ///
  /// @throws Exception as [Handler#handle]
  public Response delete(Request request) throws Exception {
    throw notThere();
  }

  private static HttpError notThere() {
    return new HttpError(Status.METHOD_NOT_ALLOWED);
  }

  @Override
  public final Response handle(Request request) throws Exception {
    return switch (request.method().name()) {
      case "GET", "HEAD" -> get(request);
      case "POST" -> post(request);
      case "PUT" -> put(request);
      case "PATCH" -> patch(request);
      case "DELETE" -> delete(request);
      default -> throw notThere();
    };
  }

  /// The methods that are overridden.
  final List<String> methods() {
    return NAMES.stream().filter(this::overrides).map(View::upper).toList();
  }

  private boolean overrides(String name) {
    return Stream.of(getClass().getMethods())
        .anyMatch(method ->
            method.getName().equals(name)
                && List.of(method.getParameterTypes()).equals(List.of(Request.class))
                && !method.getDeclaringClass().equals(View.class));
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
