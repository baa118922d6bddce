// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import org.jspecify.annotations.Nullable;

/// A method and a path of a [WebApp], and who answers there.
public final class Route {
  private final WebApp app;
  private final String method;
  private final RoutePath path;
  private final Handler handler;
  private @Nullable String name;

  Route(WebApp app, String method, RoutePath path, Handler handler) {
    this.app = app;
    this.method = method;
    this.path = path;
    this.handler = handler;
  }

  /// Gives it a name, for [WebApp#url].
  ///
  /// @return this
  /// @throws IllegalArgumentException if the application has another route of this name
  public Route name(String name) {
    app.addName(name, this);
    this.name = name;
    return this;
  }

  /// Its name, or null.
  public @Nullable String name() {
    return name;
  }

  WebApp app() {
    return app;
  }

  /// The method, or `*` for all that have no route of their own.
  public String method() {
    return method;
  }

  /// The path with its names, that of the applications around included: `/api/users/{id:int}`.
  public String pattern() {
    return app.fullPrefix() + path;
  }

  RoutePath path() {
    return path;
  }

  /// Who answers.
  public Handler handler() {
    return handler;
  }

  /// {@return method and path}
  @Override
  public String toString() {
    return method + " " + pattern();
  }
}
