"""The terms of the fact vocabulary: by kind of fact, each with its IRI (none: our own) and its words."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A term's IRI in the W3C Data Privacy Vocabulary, or "", and what it means."""

    iri: str
    en: str
    zh: str


TERMS: dict[str, dict[str, Term]] = {
    "data": {
        "Age": Term("https://w3id.org/dpv/pd#Age", "Age", "年龄"),
        "BankAccount": Term("https://w3id.org/dpv/pd#BankAccount", "Bank account", "银行账户"),
        "Biometric": Term("https://w3id.org/dpv/pd#Biometric", "Biometric information", "生物识别信息"),
        "BirthDate": Term("https://w3id.org/dpv/pd#BirthDate", "Date of birth", "出生日期"),
        "BrowsingBehavior": Term(
            "https://w3id.org/dpv/pd#BrowsingBehavior", "Browsing behaviour", "浏览行为"
        ),
        "Communication": Term("https://w3id.org/dpv/pd#Communication", "Communications", "通信信息"),
        "Contact": Term("https://w3id.org/dpv/pd#Contact", "Contact information", "联系方式"),
        "DeviceBased": Term("https://w3id.org/dpv/pd#DeviceBased", "Device information", "设备信息"),
        "DeviceModel": Term("", "Device hardware model", "设备硬件型号"),
        "DeviceOperatingSystem": Term(
            "https://w3id.org/dpv/pd#DeviceOperatingSystem", "Device operating system", "设备操作系统"
        ),
        "DeviceStatus": Term("", "Device status information", "设备状态信息"),
        "EmailAddress": Term("https://w3id.org/dpv/pd#EmailAddress", "Email address", "电子邮箱"),
        "FinancialAccount": Term("https://w3id.org/dpv/pd#FinancialAccount", "Financial account", "金融账户"),
        "Gender": Term("https://w3id.org/dpv/pd#Gender", "Gender", "性别"),
        "IPAddress": Term("https://w3id.org/dpv/pd#IPAddress", "IP address", "IP地址"),
        "InformationFromOtherUsers": Term("", "Information provided by other users", "其他用户提供的信息"),
        "Language": Term("https://w3id.org/dpv/pd#Language", "Language", "语言"),
        "Location": Term("https://w3id.org/dpv/pd#Location", "Location", "位置信息"),
        "LogInformation": Term("", "Log information", "日志信息"),
        "MedicalHealth": Term(
            "https://w3id.org/dpv/pd#MedicalHealth", "Health and medical information", "健康和医疗信息"
        ),
        "Name": Term("https://w3id.org/dpv/pd#Name", "Name", "姓名"),
        "OfficialID": Term(
            "https://w3id.org/dpv/pd#OfficialID", "Official identity document or number", "身份证件或号码"
        ),
        "Password": Term("https://w3id.org/dpv/pd#Password", "Password", "密码"),
        "PaymentCard": Term("https://w3id.org/dpv/pd#PaymentCard", "Payment card", "支付卡信息"),
        "PersonalData": Term("https://w3id.org/dpv#PersonalData", "Personal information", "个人信息"),
        "PhysicalAddress": Term("https://w3id.org/dpv/pd#PhysicalAddress", "Physical address", "地址"),
        "Preference": Term("https://w3id.org/dpv/pd#Preference", "Preferences", "偏好"),
        "Purchase": Term("https://w3id.org/dpv/pd#Purchase", "Purchases", "购买记录"),
        "ReligiousBelief": Term("https://w3id.org/dpv/pd#ReligiousBelief", "Religious belief", "宗教信仰"),
        "SensitivePersonalData": Term(
            "https://w3id.org/dpv#SensitivePersonalData", "Sensitive personal information", "敏感个人信息"
        ),
        "ServiceConsumptionBehavior": Term(
            "https://w3id.org/dpv/pd#ServiceConsumptionBehavior", "Use of services", "服务使用情况"
        ),
        "TelecomCarrier": Term("", "Telecom carrier", "电信运营商"),
        "TelephoneNumber": Term("https://w3id.org/dpv/pd#TelephoneNumber", "Telephone number", "电话号码"),
        "UID": Term("https://w3id.org/dpv/pd#UID", "Unique identifier", "唯一标识符"),
        "UsageStatistics": Term("", "Usage statistics that identify no one", "不识别个人身份的使用统计数据"),
        "UserAgent": Term(
            "https://w3id.org/dpv/pd#UserAgent", "Browser or other user agent", "浏览器等用户代理"
        ),
        "UserContent": Term("", "Content that the user sends or stores", "用户发送或存储的内容"),
        "Username": Term("https://w3id.org/dpv/pd#Username", "Account name", "账号名称"),
    },
    "purpose": {
        "AccountManagement": Term("https://w3id.org/dpv#AccountManagement", "Account management", "账号管理"),
        "Advertising": Term("https://w3id.org/dpv#Advertising", "Advertising", "广告"),
        "AgeVerification": Term("https://w3id.org/dpv#AgeVerification", "Age verification", "年龄核验"),
        "BusinessTransfer": Term(
            "", "Merger, division, sale or other business transfer", "合并、分立、出售等业务转移"
        ),
        "CommunicationManagement": Term(
            "https://w3id.org/dpv#CommunicationManagement", "Communication with users", "与用户的通信管理"
        ),
        "CustomerCare": Term("https://w3id.org/dpv#CustomerCare", "Customer care", "客户服务"),
        "DirectMarketing": Term("https://w3id.org/dpv#DirectMarketing", "Direct marketing", "直接营销"),
        "EnforceSecurity": Term("https://w3id.org/dpv#EnforceSecurity", "Security", "保障安全"),
        "FraudPreventionAndDetection": Term(
            "https://w3id.org/dpv#FraudPreventionAndDetection",
            "Fraud prevention and detection",
            "欺诈防范与发现",
        ),
        "IdentityAuthentication": Term(
            "https://w3id.org/dpv#IdentityAuthentication", "Identity authentication", "身份验证"
        ),
        "IdentityVerification": Term(
            "https://w3id.org/dpv#IdentityVerification", "Identity verification", "身份核验"
        ),
        "ImproveExistingProductsAndServices": Term(
            "https://w3id.org/dpv#ImproveExistingProductsAndServices",
            "Improvement of products and services",
            "改进现有产品和服务",
        ),
        "LegalCompliance": Term("https://w3id.org/dpv#LegalCompliance", "Legal compliance", "遵守法律"),
        "Marketing": Term("https://w3id.org/dpv#Marketing", "Marketing", "营销"),
        "MisusePreventionAndDetection": Term(
            "https://w3id.org/dpv#MisusePreventionAndDetection",
            "Misuse prevention and detection",
            "滥用防范与发现",
        ),
        "PaymentManagement": Term("https://w3id.org/dpv#PaymentManagement", "Payment management", "支付管理"),
        "PaymentVerification": Term("", "Payment verification", "支付验证"),
        "PersonalisedAdvertising": Term(
            "https://w3id.org/dpv#PersonalisedAdvertising", "Personalised advertising", "个性化广告"
        ),
        "ProvidePersonalisedRecommendations": Term(
            "https://w3id.org/dpv#ProvidePersonalisedRecommendations",
            "Personalised recommendations",
            "个性化推荐",
        ),
        "RecordManagement": Term("https://w3id.org/dpv#RecordManagement", "Record management", "记录管理"),
        "ResearchAndDevelopment": Term(
            "https://w3id.org/dpv#ResearchAndDevelopment", "Research and development", "研究与开发"
        ),
        "ServicePersonalisation": Term(
            "https://w3id.org/dpv#ServicePersonalisation", "Service personalisation", "服务个性化"
        ),
        "ServiceProvision": Term(
            "https://w3id.org/dpv#ServiceProvision", "Provision of products and services", "提供产品和服务"
        ),
        "ServiceRegistration": Term(
            "https://w3id.org/dpv#ServiceRegistration", "User registration", "用户注册"
        ),
        "ServiceUsageAnalytics": Term(
            "https://w3id.org/dpv#ServiceUsageAnalytics", "Analysis of the use of services", "服务使用分析"
        ),
        "UnlawfulActivityPreventionAndDetection": Term(
            "", "Prevention and detection of unlawful activity", "违法活动的防范与发现"
        ),
        "UserRecognition": Term("", "Recognising and remembering the user", "识别并记住用户"),
    },
    "recipient": {
        "Advertiser": Term("", "Advertisers", "广告主"),
        "Affiliate": Term("", "Affiliates", "关联公司"),
        "Agent": Term("", "Agents", "代理商"),
        "Authority": Term("https://w3id.org/dpv#Authority", "Authorities", "主管机关"),
        "BusinessPartner": Term("", "Business partners", "业务合作伙伴"),
        "DataProcessor": Term(
            "https://w3id.org/dpv#DataProcessor", "Processors acting on the publisher's behalf", "受托处理者"
        ),
        "GeneralPublic": Term("", "The public", "公众"),
        "PaymentInstitution": Term("", "Payment institutions", "支付机构"),
        "Recipient": Term("https://w3id.org/dpv#Recipient", "Recipients", "接收方"),
        "ServiceProvider": Term("https://w3id.org/dpv#ServiceProvider", "Service providers", "服务提供者"),
        "SocialMediaProvider": Term("", "Social media providers", "社交媒体提供者"),
        "Supplier": Term("", "Suppliers", "供应商"),
        "ThirdParty": Term("https://w3id.org/dpv#ThirdParty", "Third parties", "第三方"),
    },
    "basis": {
        "Consent": Term("https://w3id.org/dpv#Consent", "Consent", "同意"),
        "ContractPerformance": Term(
            "https://w3id.org/dpv#ContractPerformance", "Performance of a contract", "履行合同"
        ),
        "GuardianConsent": Term("", "Consent of the guardian", "监护人同意"),
        "LegalObligation": Term("https://w3id.org/dpv#LegalObligation", "Legal obligation", "法定义务"),
        "LegitimateInterest": Term(
            "https://w3id.org/dpv#LegitimateInterest", "Legitimate interest", "合法利益"
        ),
        "PublicInterest": Term("https://w3id.org/dpv#PublicInterest", "Public interest", "公共利益"),
        "VitalInterest": Term("https://w3id.org/dpv#VitalInterest", "Vital interest", "重大利益"),
    },
    "measure": {
        "AccessControlMethod": Term("https://w3id.org/dpv#AccessControlMethod", "Access control", "访问控制"),
        "Anonymisation": Term("https://w3id.org/dpv#Anonymisation", "Anonymisation", "匿名化"),
        "AuthenticationProtocols": Term(
            "https://w3id.org/dpv#AuthenticationProtocols", "Authentication", "身份验证机制"
        ),
        "DataBackupProtocols": Term("https://w3id.org/dpv#DataBackupProtocols", "Data backup", "数据备份"),
        "Deidentification": Term("https://w3id.org/dpv#Deidentification", "De-identification", "去标识化"),
        "Encryption": Term("https://w3id.org/dpv#Encryption", "Encryption", "加密"),
        "EncryptionInTransfer": Term(
            "https://w3id.org/dpv#EncryptionInTransfer", "Encryption in transfer", "传输加密"
        ),
        "IncidentManagementProcedures": Term(
            "https://w3id.org/dpv#IncidentManagementProcedures", "Incident management", "安全事件处置"
        ),
        "Notification": Term("https://w3id.org/dpv#Notification", "Notification", "通知"),
        "Pseudonymisation": Term("https://w3id.org/dpv#Pseudonymisation", "Pseudonymisation", "假名化"),
        "SecurityIncidentNotification": Term(
            "https://w3id.org/dpv#SecurityIncidentNotification",
            "Security incident notification",
            "安全事件通知",
        ),
        "SecurityProcedure": Term(
            "https://w3id.org/dpv#SecurityProcedure", "Security systems and procedures", "安全体系和程序"
        ),
        "StaffTraining": Term("https://w3id.org/dpv#StaffTraining", "Staff training", "员工培训"),
        "StandardsConformance": Term(
            "https://w3id.org/dpv#StandardsConformance", "Conformance with standards", "符合标准"
        ),
    },
    "right": {
        "OptingOutFromProcess": Term("https://w3id.org/dpv#OptingOutFromProcess", "Opting out", "选择退出"),
        "RightOfAccess": Term("", "Right of access", "查阅权"),
        "RightToComplain": Term("", "Right to complain", "投诉权"),
        "RightToCopy": Term("", "Right to a copy", "复制权"),
        "RightToErasure": Term("", "Right to erasure", "删除权"),
        "RightToExplanation": Term("", "Right to an explanation", "要求解释说明的权利"),
        "RightToObject": Term("", "Right to restrict or refuse processing", "限制或拒绝处理的权利"),
        "RightToPortability": Term("", "Right to portability", "转移权（可携带权）"),
        "RightToRectification": Term("", "Right to rectification", "更正、补充权"),
        "RightToWithdrawConsent": Term("", "Right to withdraw consent", "撤回同意权"),
    },
    "technology": {
        "Cookie": Term("https://w3id.org/dpv/tech#Cookie", "Cookies", "Cookie"),
        "GPS": Term("https://w3id.org/dpv/tech#GPS", "GPS", "GPS定位"),
        "LocalStorage": Term("https://w3id.org/dpv/tech#LocalStorage", "Local storage", "本地存储"),
        "SmartphoneApplication": Term(
            "https://w3id.org/dpv/tech#SmartphoneApplication", "Smartphone application", "手机应用"
        ),
    },
    "subject": {
        "Adult": Term("https://w3id.org/dpv#Adult", "Adults", "成年人"),
        "Child": Term("https://w3id.org/dpv#Child", "Child or minor", "未成年人"),
        "GuardianOfDataSubject": Term("https://w3id.org/dpv#GuardianOfDataSubject", "Guardians", "监护人"),
        "User": Term("https://w3id.org/dpv#User", "Users", "用户"),
    },
}

PATTERNS: dict[str, str] = {
    "location": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
    "retention": "^P([0-9]+W|[0-9]+Y([0-9]+M)?([0-9]+D)?|[0-9]+M([0-9]+D)?|[0-9]+D|T[0-9]+H)$",
}
