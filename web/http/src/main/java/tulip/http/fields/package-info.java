// SPDX-License-Identifier: Apache-2.0

/// What common header fields say, as values: from text and to text.
///
/// Each type has a `parse`, which gives null for text that is not what the field should hold, as
/// most specifications want such fields to be passed over; and a `toString` that can be sent.
package tulip.http.fields;
