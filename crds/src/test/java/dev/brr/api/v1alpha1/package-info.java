/** Tests of the API: the generated CRD, its bounds, and its behaviour on a real API server. */
package dev.brr.api.v1alpha1;
