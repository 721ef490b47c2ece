package main

import (
	"encoding/json"
	"net"
	"os"
	"regexp"
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"
)

// target is an entry of Prometheus' file_sd_config.
type target struct {
	Targets []string          `json:"targets"`
	Labels  map[string]string `json:"labels"`
}

const meta = "__meta_kubernetes_"

// metricsPort is a label of our own: the name of the port at which a pod of the operator serves its metrics.
const metricsPort = "__meta_brr_pod_metrics_port_name"

var noLabelName = regexp.MustCompile(`[^a-zA-Z0-9_]`)

// targets are the declared ports of all containers of the pods that have an address, and the bare address for a
// container that declares none: an annotation may name its port.
func targets(pods []*corev1.Pod) []target {
	all := []target{}
	for _, pod := range pods {
		if pod.Status.PodIP == "" {
			continue
		}
		for _, container := range pod.Spec.Containers {
			if len(container.Ports) == 0 {
				all = append(all, bareTarget(pod, container))
			}
			for _, port := range container.Ports {
				all = append(all, portTarget(pod, container, port))
			}
		}
	}
	return all
}

func bareTarget(pod *corev1.Pod, container corev1.Container) target {
	labels := podLabels(pod)
	labels[meta+"pod_container_name"] = container.Name
	return target{Targets: []string{pod.Status.PodIP}, Labels: labels}
}

func portTarget(pod *corev1.Pod, container corev1.Container, port corev1.ContainerPort) target {
	number := strconv.Itoa(int(port.ContainerPort))
	target := bareTarget(pod, container)
	target.Targets = []string{net.JoinHostPort(pod.Status.PodIP, number)}
	target.Labels[meta+"pod_container_port_name"] = port.Name
	target.Labels[meta+"pod_container_port_number"] = number
	return target
}

func podLabels(pod *corev1.Pod) map[string]string {
	labels := map[string]string{
		meta + "namespace":     pod.Namespace,
		meta + "pod_name":      pod.Name,
		meta + "pod_ip":        pod.Status.PodIP,
		meta + "pod_node_name": pod.Spec.NodeName,
		meta + "pod_phase":     string(pod.Status.Phase),
	}
	labels[metricsPort] = metricsPortName(pod)
	addEach(labels, meta+"pod_label", pod.Labels)
	addEach(labels, meta+"pod_annotation", pod.Annotations)
	return labels
}

// metricsPortName prefers a port named management, which relabelling cannot: it sees one port at a time.
func metricsPortName(pod *corev1.Pod) string {
	for _, container := range pod.Spec.Containers {
		if slices.ContainsFunc(container.Ports, func(port corev1.ContainerPort) bool { return port.Name == "management" }) {
			return "management"
		}
	}
	return "http"
}

// addEach adds PREFIX_NAME with the value and PREFIXpresent_NAME with "true".
func addEach(labels map[string]string, prefix string, values map[string]string) {
	for name, value := range values {
		name = noLabelName.ReplaceAllString(name, "_")
		labels[prefix+"_"+name] = value
		labels[prefix+"present_"+name] = "true"
	}
}

// replace moves a whole file into place, so that Prometheus never reads a half of one.
func replace(path string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".partial", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".partial", path)
}
