// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Arrays: lists here, of lists if there are several dimensions. Where the elements begin to count
/// is not kept. Parameters may be lists and Java arrays.
///
/// @param element the type of the elements
record ArrayCodec(PgType element) implements TypeCodec {
  private static final int MAX_DIMENSIONS = 6;

  @Override
  public boolean isText() {
    return element.codec().isText();
  }

  @Override
  public Object decode(BackendReader in) throws PostgresFormatException {
    if (isText()) {
      return in.takeText();
    }
    int dimensions = in.takeInt();
    if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
      throw new PostgresFormatException("an array of " + dimensions + " dimensions");
    }
    in.takeInt(); // whether there are NULLs
    in.takeInt(); // the type of the elements
    var sizes = new int[dimensions];
    long all = 1;
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = in.takeInt();
      in.takeInt(); // the first index
      if (sizes[i] < 1) {
        throw new PostgresFormatException("an array with a dimension of " + sizes[i]);
      }
      all *= sizes[i];
      in.checkCount((int) Math.min(all, Integer.MAX_VALUE), Integer.BYTES);
    }
    return dimensions == 0 ? List.of() : list(in, sizes, 0);
  }

  private List<@Nullable Object> list(BackendReader in, int[] sizes, int depth)
      throws PostgresFormatException {
    var list = new ArrayList<@Nullable Object>(sizes[depth]);
    for (int i = 0; i < sizes[depth]; i++) {
      list.add(
          depth + 1 == sizes.length
              ? Element.decode(element.codec(), in)
              : list(in, sizes, depth + 1));
    }
    return list;
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    if (isText()) {
      TextCodecs.PRINTED.encode(value, out);
      return;
    }
    var sizes = new ArrayList<Integer>();
    List<?> list = list(value);
    if (list == null) {
      throw Values.unfit(value, "array or list");
    }
    for (var inner = list;
        inner != null;
        inner = inner.isEmpty() ? null : nested(inner.getFirst())) {
      sizes.add(inner.size());
    }
    boolean empty = sizes.contains(0);
    out.putInt(empty ? 0 : sizes.size()).putInt(1).putInt(element.oid());
    if (!empty) {
      sizes.forEach(size -> out.putInt(size).putInt(1));
      put(list, sizes, 0, out);
    }
  }

  private void put(List<?> list, List<Integer> sizes, int depth, ByteWriter out) {
    if (list.size() != sizes.get(depth)) {
      throw new IllegalArgumentException(
          "the parts of an array are of different sizes: "
              + list.size()
              + " and "
              + sizes.get(depth));
    }
    for (var each : list) {
      if (depth + 1 == sizes.size()) {
        Element.encode(element.codec(), each, out);
      } else {
        var inner = nested(each);
        if (inner == null) {
          throw new IllegalArgumentException(each + " where a part of an array should be");
        }
        put(inner, sizes, depth + 1, out);
      }
    }
  }

  /// Another dimension; null for an element, which may be a list itself.
  private @Nullable List<?> nested(@Nullable Object value) {
    boolean isElement =
        element.codec() instanceof CompositeCodec || element.codec() instanceof MultirangeCodec;
    return value == null || isElement ? null : list(value);
  }

  /// Bytes are a value and no array.
  private @Nullable List<?> list(Object value) {
    if (value instanceof Collection<?> collection) {
      return collection instanceof List<?> list ? list : List.copyOf(collection);
    } else if (value instanceof Object[] array) {
      return java.util.Arrays.asList(array);
    }
    boolean isNumbers = value.getClass().isArray() && !(value instanceof byte[]);
    return isNumbers ? new PrimitiveList(value) : null;
  }

  /// An array of primitives as a list.
  private static final class PrimitiveList extends AbstractList<Object> {
    private final Object array;

    PrimitiveList(Object array) {
      this.array = array;
    }

    @Override
    public Object get(int index) {
      return Array.get(array, index);
    }

    @Override
    public int size() {
      return Array.getLength(array);
    }
  }
}
