// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Makes of a value that a driver has given what a program wants, if nothing is lost by it.
final class Conversions {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          char.class, Character.class,
          short.class, Short.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class);

  private Conversions() {}

  /// @throws ConversionException if the value cannot be of this class
  static <T> @Nullable T convert(@Nullable Object value, Class<T> type, Column column) {
    if (value == null || type.isInstance(value)) {
      return type.cast(value);
    }
    @SuppressWarnings("unchecked") // what it was asked for, or its box
    T converted = (T) convert(value, (Type) type, column);
    return converted;
  }

  /// An element of an array, which is not NULL.
  static <T> T element(@Nullable Object value, Class<T> type, Column column) {
    var element = convert(value, type, column);
    if (element == null) {
      throw new ConversionException("the array in column " + column.name() + " has a NULL");
    }
    return element;
  }

  /// @param type a class, or a list of something
  static Object convert(Object value, Type type, Column column) {
    try {
      var converted = tryConvert(value, type, column);
      if (converted != null) {
        return converted;
      }
    } catch (RuntimeException e) {
      if (e instanceof ConversionException known) {
        throw known;
      }
      throw new ConversionException(refusal(value, type, column), e);
    }
    throw new ConversionException(refusal(value, type, column));
  }

  private static String refusal(Object value, Type type, Column column) {
    var text = String.valueOf(value);
    return "column "
        + column.name()
        + " of type "
        + column.type()
        + " is no "
        + type.getTypeName()
        + ": "
        + (text.length() > 100 ? text.substring(0, 100) + "..." : text)
        + " ("
        + value.getClass().getSimpleName()
        + ")";
  }

  private static @Nullable Object tryConvert(Object value, Type type, Column column) {
    return switch (type) {
      case Class<?> wanted -> toClass(value, BOXES.getOrDefault(wanted, wanted), column);
      case ParameterizedType list when list.getRawType() == List.class ->
          value instanceof List<?> elements
              ? elements(elements, list.getActualTypeArguments()[0], column)
              : null;
      case ParameterizedType other -> tryConvert(value, other.getRawType(), column);
      case GenericArrayType array ->
          value instanceof List<?> elements
              ? array(elements, rawClass(array.getGenericComponentType()), column)
              : null;
      default -> value; // a type variable or wildcard wants nothing in particular
    };
  }

  private static Class<?> rawClass(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : type instanceof Class<?> plain ? plain : Object.class;
  }

  private static @Nullable Object toClass(Object value, Class<?> type, Column column) {
    if (type.isInstance(value)) {
      return value;
    } else if (Number.class.isAssignableFrom(type)) {
      return Numbers.convert(value, type);
    } else if (type == String.class) {
      return text(value);
    } else if (type == Boolean.class) {
      return truth(value);
    } else if (type.isEnum()) {
      return value instanceof String text ? constant(type, text) : null;
    } else if (type.isArray()) {
      return toArray(value, type.getComponentType(), column);
    } else if (type.isRecord() && value instanceof Row row) {
      return row.to(type.asSubclass(Record.class));
    }
    return other(value, type);
  }

  private static @Nullable Object other(Object value, Class<?> type) {
    if (type == UUID.class && value instanceof String text) {
      return UUID.fromString(text);
    } else if (type == Json.class && value instanceof String text) {
      return new Json(text);
    } else if (type == Bytes.class && value instanceof byte[] array) {
      return Bytes.copyOf(array);
    } else if (type == Character.class && value instanceof String text && text.length() == 1) {
      return text.charAt(0);
    }
    return Times.convert(value, type);
  }

  /// What has one usual form as a text.
  private static @Nullable Object text(Object value) {
    boolean hasText =
        value instanceof Number
            || value instanceof Boolean
            || value instanceof Json
            || value instanceof UUID
            || value instanceof java.time.temporal.TemporalAccessor
            || value instanceof java.time.temporal.TemporalAmount;
    return hasText ? value.toString() : null;
  }

  private static @Nullable Object truth(Object value) {
    if (value instanceof Number number && (number.longValue() == 0 || number.longValue() == 1)) {
      return number.longValue() == 1;
    }
    return null;
  }

  /// The constant of this name; or else the only one whose name differs by case alone.
  private static @Nullable Object constant(Class<?> type, String name) {
    Object found = null;
    for (var constant : type.getEnumConstants()) {
      var its = ((Enum<?>) constant).name();
      if (its.equals(name)) {
        return constant;
      } else if (its.equalsIgnoreCase(name)) {
        if (found != null) {
          return null;
        }
        found = constant;
      }
    }
    return found;
  }

  private static @Nullable Object toArray(Object value, Class<?> component, Column column) {
    if (component == byte.class && value instanceof Bytes bytes) {
      return bytes.toByteArray();
    }
    return value instanceof List<?> list ? array(list, component, column) : null;
  }

  private static Object array(List<?> elements, Class<?> component, Column column) {
    var array = Array.newInstance(component, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      var element = elements.get(i);
      if (element == null && component.isPrimitive()) {
        throw new ConversionException("the array in column " + column.name() + " has a NULL");
      }
      Array.set(array, i, element == null ? null : convert(element, (Type) component, column));
    }
    return array;
  }

  private static List<@Nullable Object> elements(List<?> elements, Type type, Column column) {
    var converted = new ArrayList<@Nullable Object>(elements.size());
    for (var element : elements) {
      converted.add(element == null ? null : convert(element, type, column));
    }
    return converted;
  }

  /// The name of a component, or of a column, as both are compared.
  static String plainName(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
