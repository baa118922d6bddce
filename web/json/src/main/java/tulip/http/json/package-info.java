// SPDX-License-Identifier: Apache-2.0

/// [JacksonCodec]: what `Response.json` and `Request.json` use when this module is there.
package tulip.http.json;
