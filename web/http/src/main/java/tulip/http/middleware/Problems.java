// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.util.List;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.fields.MediaType;
import tulip.http.fields.Preferences;
import tulip.http.protocol.HeaderName;

/// Answers errors as [Problem]s to clients that would rather have JSON than text. Errors whose
/// answers were made by the handler stay as they are.
public enum Problems implements Middleware {
  /// The only one.
  INSTANCE;

  private static final MediaType PROBLEM = MediaType.of("application", "problem+json");
  private static final List<MediaType> OFFERED =
      List.of(MediaType.of("text", "plain"), PROBLEM, MediaType.of("application", "json"));

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    try {
      return next.handle(request);
    } catch (HttpError e) {
      if (!e.isPlain() || !wantsJson(request)) {
        throw e;
      }
      throw e.with(plain -> translate(plain, e.detail()));
    }
  }

  /// With all fields of the answer besides its type.
  private static Response translate(Response plain, String detail) {
    var problem = Problem.of(plain.status(), detail).response();
    var fields = plain.headers().toBuilder();
    problem.headers().forEach(fields::set);
    return problem.headers(fields.build()).vary(HeaderName.ACCEPT);
  }

  private static boolean wantsJson(Request request) {
    var best = Preferences.of(request.headers(), HeaderName.ACCEPT).bestMediaType(OFFERED);
    return best != null && best.isJson();
  }
}
