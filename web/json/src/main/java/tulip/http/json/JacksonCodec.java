// SPDX-License-Identifier: Apache-2.0
package tulip.http.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.JsonCodec;

/// JSON by a mapper of Jackson's, which writes and reads records, collections, `java.time` and all
/// else that Jackson knows, within Jackson's limits of depth and length. Any thread.
///
/// The one that is found by itself has Jackson's own rules. For others, pass a codec:
///
/// ```java
/// var codec = new JacksonCodec(JsonMapper.builder().enable(...).build());
/// return Response.json(value, codec);
/// ```
///
/// Users' packages must be open to Jackson if they are in a module: `opens app.data to
/// tools.jackson.databind`.
public final class JacksonCodec implements JsonCodec {
  private final ObjectMapper mapper;

  /// A codec with Jackson's own rules.
  public JacksonCodec() {
    this(JsonMapper.builder().build());
  }

  /// A codec with other rules.
  public JacksonCodec(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Bytes encode(Object value) {
    try {
      return Bytes.wrap(mapper.writeValueAsBytes(value));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "no JSON for " + value.getClass().getName() + ": " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public <T> T decode(Bytes json, Class<T> type) throws MalformedException {
    T value;
    try {
      value = mapper.readValue(json.toByteArray(), type);
    } catch (JacksonException e) {
      throw new MalformedException(described(e));
    }
    if (value == null) {
      throw new MalformedException("null stands where there should be something");
    }
    return value;
  }

  /// What was wrong and where, without names of the program's classes, which are no client's
  /// business.
  private static String described(JacksonException e) {
    var place = e.getLocation();
    return place == null
        ? "no such JSON"
        : "malformed JSON in line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  @Override
  public String toString() {
    return "JSON by " + mapper.getClass().getSimpleName();
  }
}
