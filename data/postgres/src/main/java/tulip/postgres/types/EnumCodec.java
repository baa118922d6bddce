// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.List;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Enumerations: texts here. A parameter may be a Java enum, whose constants may differ from the
/// labels by case.
///
/// @param labels in order
record EnumCodec(List<String> labels) implements TypeCodec {
  @Override
  public Object decode(BackendReader in) throws PostgresFormatException {
    return in.takeText();
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    TextCodecs.TEXT.encode(value instanceof Enum<?> constant ? label(constant.name()) : value, out);
  }

  private String label(String name) {
    if (labels.contains(name)) {
      return name;
    }
    return labels.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }
}
