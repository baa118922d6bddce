// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.Iterator;
import java.util.ServiceLoader;

/// The codec for JSON that is provided as a service, looked up once, when it is needed.
final class ProvidedJson {
  static final JsonCodec CODEC = only(ServiceLoader.load(JsonCodec.class).iterator());

  private ProvidedJson() {}

  static JsonCodec only(Iterator<JsonCodec> all) {
    if (!all.hasNext()) {
      throw new IllegalStateException(
          "there is no codec for JSON: add the module tulip.http.json, or pass a codec");
    }
    var codec = all.next();
    if (all.hasNext()) {
      throw new IllegalStateException(
          "more than one codec for JSON: " + codec + " and " + all.next() + "; pass one of them");
    }
    return codec;
  }
}
