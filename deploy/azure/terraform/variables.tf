variable "subscription" {
  type        = string
  description = "The id of the subscription."
}

variable "resource_group" {
  type        = string
  description = "The group that everything is made in; it is there already."
}

variable "vm_names" {
  type        = list(string)
  description = "One VM for each, with a NIC that is called <name>-nic."
  default     = ["web-0", "web-1", "web-2"]
}

variable "joins" {
  type        = map(string)
  description = "For each VM, by its name, what `enroll` printed behind EBB_JOIN=."
  sensitive   = true
}

variable "agent_archive" {
  type        = string
  description = "Where the VMs fetch the agent: a .tar.gz with ebb-agent.jar, lib and ebb-agent.service."
}

variable "agent_archive_sha256" {
  type        = string
  description = "Its SHA-256. Another archive is not installed."
}

variable "agent_settings" {
  type        = list(string)
  description = "Lines of /etc/ebb/agent.env, beside EBB_JOIN."
  default     = ["EBB_HEALTH=http://127.0.0.1:8080/health"]
}

variable "subnet_id" {
  type        = string
  description = "The subnet of the VMs. It needs a way out of its own, such as a NAT gateway: the load balancer gives none."
}

variable "availability_set" {
  type        = string
  description = "The name of the availability set."
  default     = "web"
}

variable "load_balancer" {
  type        = string
  description = "The name of the load balancer."
  default     = "lb"
}

variable "pool" {
  type        = string
  description = "The name of its backend pool."
  default     = "web"
}

variable "frontend_port" {
  type        = number
  description = "Where clients connect to."
  default     = 80
}

variable "backend_port" {
  type        = number
  description = "Where the application listens."
  default     = 8080
}

variable "probe_port" {
  type        = number
  description = "Where the agents answer the probe: their setting `probe`."
  default     = 8090
}

variable "probe_path" {
  type        = string
  description = "The path of that."
  default     = "/healthz"
}

variable "vm_size" {
  type        = string
  description = "The size of the VMs."
  default     = "Standard_D2s_v5"
}

variable "admin_username" {
  type        = string
  description = "Who may log in by SSH."
  default     = "azureuser"
}

variable "admin_public_key" {
  type        = string
  description = "For SSH; there is no password."
}

variable "identity" {
  type        = string
  description = "The name of the orchestrator's managed identity."
  default     = "ebb-orchestrator"
}

variable "role" {
  type        = string
  description = "What the orchestrator may do: `check` or `enforce`, as role-check.json and role-enforce.json say."
  default     = "enforce"
}

variable "operations_role" {
  type        = bool
  description = "Whether it may also read the outcome of operations in the whole subscription (role-operations.json)."
  default     = true
}
