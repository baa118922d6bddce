// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

/// How a request went (RFC 9110, section 15). The constants are those of IANA's registry.
///
/// @param code 100 to 599; the first digit says which kind
/// @param phrase for people; may be empty. Peers send what they like, so compare codes
public record Status(int code, String phrase) {
  public static final Status CONTINUE = StatusTable.add(100, "Continue");
  public static final Status SWITCHING_PROTOCOLS = StatusTable.add(101, "Switching Protocols");
  public static final Status PROCESSING = StatusTable.add(102, "Processing");
  public static final Status EARLY_HINTS = StatusTable.add(103, "Early Hints");
  public static final Status UPLOAD_RESUMPTION_SUPPORTED =
      StatusTable.add(104, "Upload Resumption Supported");
  public static final Status OK = StatusTable.add(200, "OK");
  public static final Status CREATED = StatusTable.add(201, "Created");
  public static final Status ACCEPTED = StatusTable.add(202, "Accepted");
  public static final Status NON_AUTHORITATIVE_INFORMATION =
      StatusTable.add(203, "Non-Authoritative Information");
  public static final Status NO_CONTENT = StatusTable.add(204, "No Content");
  public static final Status RESET_CONTENT = StatusTable.add(205, "Reset Content");
  public static final Status PARTIAL_CONTENT = StatusTable.add(206, "Partial Content");
  public static final Status MULTI_STATUS = StatusTable.add(207, "Multi-Status");
  public static final Status ALREADY_REPORTED = StatusTable.add(208, "Already Reported");
  public static final Status IM_USED = StatusTable.add(226, "IM Used");
  public static final Status MULTIPLE_CHOICES = StatusTable.add(300, "Multiple Choices");
  public static final Status MOVED_PERMANENTLY = StatusTable.add(301, "Moved Permanently");
  public static final Status FOUND = StatusTable.add(302, "Found");
  public static final Status SEE_OTHER = StatusTable.add(303, "See Other");
  public static final Status NOT_MODIFIED = StatusTable.add(304, "Not Modified");
  public static final Status USE_PROXY = StatusTable.add(305, "Use Proxy");
  public static final Status TEMPORARY_REDIRECT = StatusTable.add(307, "Temporary Redirect");
  public static final Status PERMANENT_REDIRECT = StatusTable.add(308, "Permanent Redirect");
  public static final Status BAD_REQUEST = StatusTable.add(400, "Bad Request");
  public static final Status UNAUTHORIZED = StatusTable.add(401, "Unauthorized");
  public static final Status PAYMENT_REQUIRED = StatusTable.add(402, "Payment Required");
  public static final Status FORBIDDEN = StatusTable.add(403, "Forbidden");
  public static final Status NOT_FOUND = StatusTable.add(404, "Not Found");
  public static final Status METHOD_NOT_ALLOWED = StatusTable.add(405, "Method Not Allowed");
  public static final Status NOT_ACCEPTABLE = StatusTable.add(406, "Not Acceptable");
  public static final Status PROXY_AUTHENTICATION_REQUIRED =
      StatusTable.add(407, "Proxy Authentication Required");
  public static final Status REQUEST_TIMEOUT = StatusTable.add(408, "Request Timeout");
  public static final Status CONFLICT = StatusTable.add(409, "Conflict");
  public static final Status GONE = StatusTable.add(410, "Gone");
  public static final Status LENGTH_REQUIRED = StatusTable.add(411, "Length Required");
  public static final Status PRECONDITION_FAILED = StatusTable.add(412, "Precondition Failed");
  public static final Status CONTENT_TOO_LARGE = StatusTable.add(413, "Content Too Large");
  public static final Status URI_TOO_LONG = StatusTable.add(414, "URI Too Long");
  public static final Status UNSUPPORTED_MEDIA_TYPE =
      StatusTable.add(415, "Unsupported Media Type");
  public static final Status RANGE_NOT_SATISFIABLE = StatusTable.add(416, "Range Not Satisfiable");
  public static final Status EXPECTATION_FAILED = StatusTable.add(417, "Expectation Failed");
  public static final Status MISDIRECTED_REQUEST = StatusTable.add(421, "Misdirected Request");
  public static final Status UNPROCESSABLE_CONTENT = StatusTable.add(422, "Unprocessable Content");
  public static final Status LOCKED = StatusTable.add(423, "Locked");
  public static final Status FAILED_DEPENDENCY = StatusTable.add(424, "Failed Dependency");
  public static final Status TOO_EARLY = StatusTable.add(425, "Too Early");
  public static final Status UPGRADE_REQUIRED = StatusTable.add(426, "Upgrade Required");
  public static final Status PRECONDITION_REQUIRED = StatusTable.add(428, "Precondition Required");
  public static final Status TOO_MANY_REQUESTS = StatusTable.add(429, "Too Many Requests");
  public static final Status REQUEST_HEADER_FIELDS_TOO_LARGE =
      StatusTable.add(431, "Request Header Fields Too Large");
  public static final Status UNAVAILABLE_FOR_LEGAL_REASONS =
      StatusTable.add(451, "Unavailable For Legal Reasons");
  public static final Status INTERNAL_SERVER_ERROR = StatusTable.add(500, "Internal Server Error");
  public static final Status NOT_IMPLEMENTED = StatusTable.add(501, "Not Implemented");
  public static final Status BAD_GATEWAY = StatusTable.add(502, "Bad Gateway");
  public static final Status SERVICE_UNAVAILABLE = StatusTable.add(503, "Service Unavailable");
  public static final Status GATEWAY_TIMEOUT = StatusTable.add(504, "Gateway Timeout");
  public static final Status HTTP_VERSION_NOT_SUPPORTED =
      StatusTable.add(505, "HTTP Version Not Supported");
  public static final Status VARIANT_ALSO_NEGOTIATES =
      StatusTable.add(506, "Variant Also Negotiates");
  public static final Status INSUFFICIENT_STORAGE = StatusTable.add(507, "Insufficient Storage");
  public static final Status LOOP_DETECTED = StatusTable.add(508, "Loop Detected");
  public static final Status NOT_EXTENDED = StatusTable.add(510, "Not Extended");
  public static final Status NETWORK_AUTHENTICATION_REQUIRED =
      StatusTable.add(511, "Network Authentication Required");

  /// Checks it.
  ///
  /// @throws IllegalArgumentException if the code is outside, or the phrase has a line end or
  ///   another character that a first line may not have
  public Status {
    if (code < 100 || code > 599) {
      throw new IllegalArgumentException("status code " + code + ": must be 100 to 599");
    }
    FieldText.check(phrase, "a status phrase");
  }

  /// The registered status of this code, or one without a phrase.
  ///
  /// @param code 100 to 599
  public static Status of(int code) {
    var known = StatusTable.find(code);
    return known != null ? known : new Status(code, "");
  }

  /// Whether it is one of those that come ahead of the response (1xx).
  public boolean isInformational() {
    return code < 200;
  }

  /// Whether it is 2xx.
  public boolean isSuccess() {
    return code / 100 == 2;
  }

  /// Whether it is 3xx.
  public boolean isRedirection() {
    return code / 100 == 3;
  }

  /// Whether it is 4xx or 5xx.
  public boolean isError() {
    return code >= 400;
  }

  /// Whether a response of this status never has a body: 1xx, 204 and 304.
  public boolean isWithoutBody() {
    return code < 200 || code == 204 || code == 304;
  }

  /// {@return code and phrase}
  @Override
  public String toString() {
    return phrase.isEmpty() ? Integer.toString(code) : code + " " + phrase;
  }
}
