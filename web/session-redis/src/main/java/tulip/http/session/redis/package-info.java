// SPDX-License-Identifier: Apache-2.0

/// Sessions of web applications in Redis: [tulip.http.session.redis.RedisSessions].
package tulip.http.session.redis;
