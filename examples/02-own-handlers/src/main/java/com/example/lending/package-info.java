/** The lending service: its handlers and the shed that they lend from. Depends on the runtime's handler package alone. */
package com.example.lending;
