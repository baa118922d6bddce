// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// `hstore`: maps of texts to texts, or to NULL.
final class HstoreCodec implements TypeCodec {
  @Override
  public Object decode(BackendReader in) throws PostgresFormatException {
    int count = in.checkCount(in.takeInt(), 2 * Integer.BYTES);
    var map = new LinkedHashMap<String, @Nullable String>();
    for (int i = 0; i < count; i++) {
      var key = in.takeText(in.takeInt());
      map.put(key, (String) Element.decode(TextCodecs.TEXT, in));
    }
    return map;
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    Map<?, ?> map = Values.as(Map.class, value);
    out.putInt(map.size());
    map.forEach((key, text) -> {
      Element.encode(TextCodecs.TEXT, key, out);
      Element.encode(TextCodecs.TEXT, text, out);
    });
  }
}
